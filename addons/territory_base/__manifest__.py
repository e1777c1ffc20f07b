{
    "name": "Territory Base",
    "summary": "Communes, services, personas' groups, and who sees which person",
    "version": "19.0.1.0.0",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "category": "Services/E-Territoire",
    "depends": ["mail", "portal"],
    "external_dependencies": {"python": ["python-stdnum"]},
    "data": [
        "security/territory_base_groups.xml",
        "security/ir.model.access.csv",
        "security/res_partner_security.xml",
        "security/res_users_security.xml",
        "security/mail_followers_security.xml",
        "security/mail_notification_security.xml",
        "data/territory_audience_data.xml",
        "views/territory_base_menus.xml",
        "views/territory_commune_views.xml",
        "views/territory_service_views.xml",
        "views/territory_topic_views.xml",
        "views/territory_audience_views.xml",
        "views/res_company_views.xml",
        "views/res_config_settings_views.xml",
        "views/res_users_views.xml",
        "views/res_partner_views.xml",
    ],
    "assets": {
        "web._assets_primary_variables": [
            ("prepend", "territory_base/static/src/scss/primary_variables.scss")
        ],
        "web.assets_backend": [
            "territory_base/static/src/search_bar/*",
            "territory_base/static/src/words/*",
        ],
    },
    "post_init_hook": "post_init_hook",
    "application": True,
}
