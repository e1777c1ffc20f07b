{
    "name": "Procedure: similar requests",
    "summary": "Two requests that are one are found, joined, and separated again if it was wrong",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_desk"],
    "data": [
        "security/ir.model.access.csv",
        "data/mail_template_data.xml",
        "views/procedure_duplicate_templates.xml",
        "wizards/procedure_duplicate_wizard_views.xml",
        "views/procedure_request_views.xml",
    ],
}
