{
    "name": "Procedure Builder",
    "summary": "A town hall changes the form of a procedure by itself, and sees it at once",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["website_procedure"],
    "data": [
        "security/ir.model.access.csv",
        "views/procedure_version_link_views.xml",
        "views/procedure_builder_actions.xml",
        "views/procedure_procedure_views.xml",
        "views/procedure_version_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["procedure_builder/static/src/builder/**/*"],
    },
}
