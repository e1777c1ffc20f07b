{
    "name": "Territory website theme",
    "summary": "The look of the public site and of Mon espace: light, accessible, without tracker",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "category": "Website/Theme",
    "author": "E-Territoire contributors",
    "depends": ["website", "portal", "auth_signup"],
    "data": [
        "views/website_icons_templates.xml",
        "views/website_parts_templates.xml",
        "views/website_layout_templates.xml",
        "views/website_home_templates.xml",
        "views/website_login_templates.xml",
        "views/website_error_templates.xml",
        "views/website_pages_templates.xml",
        "views/portal_templates.xml",
        "views/website_views.xml",
        "data/website_menu_data.xml",
    ],
    "post_init_hook": "_remove_core_contact_page",
    "assets": {
        # Debian's package lacks this file: an error in the log for each bundle.
        "web.assets_backend": [
            ("remove", "mail/static/lib/selfie_segmentation/selfie_segmentation.js"),
        ],
        "web._assets_primary_variables": [
            ("prepend", "website_territory_theme/static/src/scss/fonts_variables.scss"),
            "website_territory_theme/static/src/scss/primary_variables.scss",
        ],
        "web._assets_frontend_helpers": [
            ("prepend", "website_territory_theme/static/src/scss/bootstrap_overridden.scss"),
        ],
        "web.assets_frontend": [
            "website_territory_theme/static/src/scss/theme.scss",
            "website_territory_theme/static/src/scss/zero.scss",
            "website_territory_theme/static/src/css/facets.css",
        ],
    },
}
