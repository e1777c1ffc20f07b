{
    "name": "Procedure",
    "summary": "Online procedures: form versions, requests, documents, decisions",
    "version": "19.0.1.23.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["mail_retry", "partner_household", "procedure_form", "public_guard"],
    "external_dependencies": {"python": ["holidays"]},
    "data": [
        "security/ir.model.access.csv",
        "security/procedure_step_security.xml",
        "security/procedure_request_security.xml",
        "security/procedure_document_security.xml",
        "security/procedure_decision_security.xml",
        "data/mail_template_data.xml",
        "views/procedure_request_templates.xml",
        "views/procedure_review_templates.xml",
        "views/procedure_request_views.xml",
        "views/procedure_procedure_views.xml",
        "views/procedure_wizard_views.xml",
        "views/res_config_settings_views.xml",
        "views/procedure_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "procedure/static/src/desk/*",
        ]
    },
}
