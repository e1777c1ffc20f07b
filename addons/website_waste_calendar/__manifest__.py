{
    "name": "Waste calendar on the website",
    "summary": "The days of collection at an address: page, print, calendar to subscribe to",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["waste_round", "website_commune", "website_household"],
    "data": [
        "data/territory_search_page_data.xml",
        "views/calendar_templates.xml",
        "views/my_space_templates.xml",
        "views/commune_templates.xml",
        "views/foot_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": ["website_waste_calendar/static/src/scss/calendar.scss"],
    },
}
