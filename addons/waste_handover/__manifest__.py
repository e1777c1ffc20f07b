{
    "name": "Waste hand-over",
    "summary": "A bin is handed over against a signature on a phone, or somebody says why not",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["waste_collection", "privacy_retention"],
    "data": [
        "security/ir.model.access.csv",
        "security/waste_handover_security.xml",
        "data/mail_template_data.xml",
        "data/privacy_processing_data.xml",
        "data/privacy_retention_data.xml",
        "wizards/waste_handover_sign_views.xml",
        "views/waste_handover_views.xml",
        "views/waste_container_move_views.xml",
        "views/waste_handover_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "waste_handover/static/src/round/*",
            "waste_handover/static/src/signature/*",
        ],
    },
}
