{
    "name": "Procedures: where people stop",
    "summary": "How many people stop on each page and question of a form, without identifier",
    "version": "19.0.1.1.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_builder", "website_procedure"],
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/form_templates.xml",
    ],
    "assets": {
        "website_procedure.assets_form": [
            "website_procedure_funnel/static/src/js/procedure_seen.js",
        ],
        "web.assets_backend": ["website_procedure_funnel/static/src/builder/**/*"],
    },
}
