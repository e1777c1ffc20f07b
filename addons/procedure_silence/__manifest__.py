{
    "name": "Procedure: silence",
    "summary": "Requests accepted or refused by law when nobody answers, and the warning before",
    "version": "19.0.1.1.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_desk"],
    "data": [
        "data/mail_activity_type_data.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        "views/procedure_letter_templates.xml",
        "views/procedure_procedure_views.xml",
        "views/procedure_request_views.xml",
    ],
}
