{
    "name": "Test: a service that plugs into procedures",
    "summary": "Allotment gardens: a service addon that uses every hook, to test them",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_letter", "procedure_template", "website_procedure_request"],
    "data": [
        "security/ir.model.access.csv",
        "security/allotment_security.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        "views/procedure_request_views.xml",
        "views/portal_templates.xml",
    ],
}
