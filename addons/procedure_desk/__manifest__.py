{
    "name": "Procedure: desk",
    "summary": "What the staff sees of the requests, and presses: lists, forms, windows, figures",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure"],
    "data": [
        "security/ir.model.access.csv",
        "views/procedure_review_templates.xml",
        "views/procedure_request_views.xml",
        "views/procedure_procedure_views.xml",
        "views/procedure_wizard_views.xml",
        "views/procedure_menus.xml",
    ],
    "pre_init_hook": "_pre_init",
    "assets": {
        "web.assets_backend": ["procedure_desk/static/src/desk/*"],
    },
}
