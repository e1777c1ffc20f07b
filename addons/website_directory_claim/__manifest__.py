{
    "name": "Who keeps a sheet of the directory",
    "summary": "An association or a company asks to keep its sheet; an agent confirms",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "depends": ["website_directory"],
    "data": [
        "security/ir.model.access.csv",
        "data/mail_activity_type_data.xml",
        "data/mail_template_data.xml",
        "views/directory_claim_views.xml",
        "views/claim_templates.xml",
        "views/contribution_list_templates.xml",
    ],
}
