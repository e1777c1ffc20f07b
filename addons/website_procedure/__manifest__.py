{
    "name": "Procedures on the website",
    "summary": "Catalogue, forms, follow-up and personal space of the residents",
    "version": "19.0.1.1.0",
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
        "territory_search",
        "website",
    ],
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron.xml",
        "views/procedure_procedure_views.xml",
        "views/icon_templates.xml",
        "views/part_templates.xml",
        "views/input_templates.xml",
        "views/composite_templates.xml",
        "views/catalogue_templates.xml",
        "views/form_templates.xml",
        "views/request_templates.xml",
        "views/opinion_templates.xml",
        "views/portal_templates.xml",
        "views/signup_templates.xml",
        "views/household_templates.xml",
    ],
    "assets": {
        "website_procedure.assets_password": [
            "website_procedure/static/src/js/password_input.js",
        ],
        "website_procedure.assets_form": [
            # Rows first: the others see the form as it leaves it.
            "website_procedure/static/src/js/procedure_rows.js",
            # Days before conditions: they compare what is shown.
            "website_procedure/static/src/js/day_input.js",
            "website_procedure/static/src/js/procedure_form.js",
            "website_procedure/static/src/js/request_page.js",
            "website_procedure/static/src/js/procedure_formula.js",
            "website_procedure/static/src/js/procedure_address.js",
        ],
    },
}
