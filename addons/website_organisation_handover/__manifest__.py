{
    "name": "Who acts for an organisation, after each general meeting",
    "summary": "Invite somebody to act for an organisation, hand it over to a new board",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "depends": ["website_household"],
    "data": [
        "security/ir.model.access.csv",
        "data/mail_template_data.xml",
        "views/organisation_templates.xml",
        "views/invitation_templates.xml",
    ],
}
