{
    "name": "Parts of public pages",
    "summary": "Page frame, icons, notices, inputs and helpers of the public pages and forms",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "depends": ["core_doors", "mail_retry", "public_guard", "territory_base", "website"],
    "data": [
        "security/ir.model.access.csv",
        "views/icon_templates.xml",
        "views/part_templates.xml",
        "views/input_templates.xml",
    ],
    "pre_init_hook": "_pre_init",
    "assets": {
        "website_parts.assets_password": [
            "website_parts/static/src/js/password_input.js",
        ],
        "website_parts.assets_form": [
            # Days before conditions: they compare what is shown.
            "website_parts/static/src/js/day_input.js",
            "website_parts/static/src/js/public_form.js",
        ],
    },
}
