{
    "name": "Street reports on the website",
    "summary": "What is open in a commune first, then a report without account",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["street_report", "website_procedure_request", "website_territory_theme"],
    "data": [
        "data/territory_search_page_data.xml",
        "views/street_templates.xml",
        "views/foot_templates.xml",
    ],
}
