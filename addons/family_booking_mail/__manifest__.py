{
    "name": "Mails about the bookings of the children",
    "summary": "The asking parent reads what becomes of her bookings, and answers by a link",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["family_booking"],
    "data": ["data/mail_template_data.xml", "data/ir_cron_data.xml"],
}
