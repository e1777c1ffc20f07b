{
    "name": "Procedure: letters",
    "summary": "Letters about a request, kept as sent; answer templates; what each step sends",
    "version": "19.0.1.1.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "depends": ["procedure", "report_weasyprint"],
    "external_dependencies": {"python": ["segno"]},
    "data": [
        "security/ir.model.access.csv",
        "security/procedure_letter_security.xml",
        "data/ir_cron_data.xml",
        "data/procedure_letter_template_data.xml",
        "views/procedure_letter_templates.xml",
        "views/procedure_letter_views.xml",
        "views/procedure_letter_template_views.xml",
        "views/procedure_step_views.xml",
        "views/procedure_wizard_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["procedure_letter/static/src/components/**/*"],
    },
}
