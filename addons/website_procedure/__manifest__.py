{
    "name": "Procedures on the website",
    "summary": "Catalogue, forms, follow-up and personal space of the residents",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "depends": [
        "auth_signup",
        "partner_household",
        "portal",
        "privacy_register",
        "procedure",
        "public_guard",
        "website",
    ],
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron.xml",
        "views/icon_templates.xml",
        "views/part_templates.xml",
        "views/catalogue_templates.xml",
        "views/form_templates.xml",
        "views/request_templates.xml",
        "views/portal_templates.xml",
        "views/signup_templates.xml",
        "views/household_templates.xml",
    ],
    "assets": {
        "website_procedure.assets_form": [
            "website_procedure/static/src/js/procedure_form.js",
        ],
    },
}
