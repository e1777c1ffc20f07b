{
    "name": "Accounts and households on the website",
    "summary": "Sign-up, my space, my household, contact details",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "depends": [
        "auth_signup",
        "partner_household",
        "portal",
        "privacy_register",
        "website_parts",
    ],
    "data": [
        "views/signup_templates.xml",
        "views/household_templates.xml",
        "views/my_space_templates.xml",
        "views/organisation_templates.xml",
    ],
    "pre_init_hook": "_pre_init",
}
