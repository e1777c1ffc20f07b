{
    "name": "Procedure: daily digest",
    "summary": "One mail a day to the agents of a service: new, soon due, late",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["base_setup", "procedure_desk"],
    "data": [
        "data/ir_cron_data.xml",
        "views/procedure_digest_templates.xml",
        "views/territory_service_views.xml",
        "views/res_users_views.xml",
        "views/res_config_settings_views.xml",
    ],
}
