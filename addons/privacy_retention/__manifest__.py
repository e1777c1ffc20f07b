{
    "name": "Privacy: retention",
    "summary": "What is past its time goes: warned twice, journal without names, dry run first",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "depends": ["mail_retry", "privacy_register", "public_guard"],
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/privacy_retention_templates.xml",
        "views/privacy_retention_views.xml",
        "views/privacy_retention_preview_views.xml",
        "views/privacy_retention_journal_views.xml",
        "views/privacy_retention_menus.xml",
    ],
}
