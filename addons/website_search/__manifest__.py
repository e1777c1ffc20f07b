{
    "name": "Search of the whole site",
    "summary": "/recherche, suggestions as one types, frequent questions",
    "version": "19.0.1.1.0",
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
        "security/ir.model.access.csv",
        "views/question_templates.xml",
        "views/search_question_views.xml",
        "views/search_templates.xml",
        "views/theme_templates.xml",
    ],
    "post_init_hook": "_post_init",
    "assets": {
        "web.assets_frontend": ["website_search/static/src/scss/search.scss"],
        "website_search.assets_search": ["website_search/static/src/js/suggestions.js"],
    },
}
