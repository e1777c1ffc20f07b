{
    "name": "Rooms of the communes on the website",
    "summary": "Each room with its free days, a month at a time; asked from there",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": [
        "room_booking",
        "website_commune",
        "website_procedure_price",
        "website_procedure_slot",
    ],
    "data": [
        "data/territory_search_page_data.xml",
        "views/room_templates.xml",
        "views/portal_templates.xml",
        "views/block_templates.xml",
        "views/room_room_views.xml",
        "views/foot_templates.xml",
    ],
}
