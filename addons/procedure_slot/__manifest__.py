{
    "name": "Procedure: slots",
    "summary": "Calendars of a service: slots offered, taken with a request",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_desk"],
    "data": [
        "security/ir.model.access.csv",
        "security/procedure_slot_security.xml",
        "views/procedure_slot_booking_views.xml",
        "views/procedure_slot_calendar_views.xml",
        "views/procedure_slot_menus.xml",
    ],
}
