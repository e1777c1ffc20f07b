{
    "name": "Territory search",
    "summary": "Finds pages with the words that people type, or says whom to call",
    "version": "19.0.1.2.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "depends": ["territory_base"],
    "data": [
        "security/ir.model.access.csv",
        "data/territory_search_synonym_data.xml",
        "data/territory_search_elsewhere_data.xml",
        "views/territory_search_miss_views.xml",
        "views/territory_search_synonym_views.xml",
        "views/territory_search_elsewhere_views.xml",
        "views/territory_search_menus.xml",
    ],
}
