{
    "name": "Search of the whole site",
    "summary": "/recherche and suggestions as one types, over all that is public",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "depends": [
        "public_guard",
        "territory_search",
        "website_page_cache",
        "website_parts",
        "website_territory_theme",
    ],
    "data": [
        "views/search_templates.xml",
        "views/theme_templates.xml",
    ],
    "post_init_hook": "_post_init",
    "assets": {
        "web.assets_frontend": ["website_search/static/src/scss/search.scss"],
        "website_search.assets_search": ["website_search/static/src/js/suggestions.js"],
    },
}
