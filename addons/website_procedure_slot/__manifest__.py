{
    "name": "Slots on the website",
    "summary": "Days and hours to choose from, kept meanwhile; moved and cancelled later",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_slot", "website_procedure_request"],
    "data": [
        "views/icon_templates.xml",
        "views/slot_templates.xml",
    ],
}
