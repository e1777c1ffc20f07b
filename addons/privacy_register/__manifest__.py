{
    "name": "Privacy Register",
    "summary": "Register of the processing of personal data, and the notice made from it",
    "version": "19.0.1.2.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["territory_base"],
    "data": [
        "security/ir.model.access.csv",
        "data/privacy_processing_data.xml",
        "views/privacy_processing_views.xml",
        "views/res_company_views.xml",
        "views/privacy_register_menus.xml",
        "views/privacy_register_templates.xml",
    ],
}
