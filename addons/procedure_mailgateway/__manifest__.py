{
    "name": "Procedure: e-mail replies",
    "summary": "An applicant answers by e-mail: her message lands on her request, checked",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["base_setup", "procedure"],
    "external_dependencies": {"python": ["authres", "mail-parser-reply"]},
    "data": [
        "security/ir.model.access.csv",
        "views/procedure_mail_receipt_views.xml",
        "views/res_config_settings_views.xml",
    ],
}
