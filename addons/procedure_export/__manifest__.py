{
    "name": "Procedure: exports",
    "summary": "Requests as editable tables: one column per question, saved models",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_desk"],
    "data": [
        "security/ir.model.access.csv",
        "security/procedure_export_security.xml",
        "wizards/procedure_export_wizard_views.xml",
        "views/procedure_export_views.xml",
        "views/procedure_request_views.xml",
        "views/procedure_export_menus.xml",
    ],
}
