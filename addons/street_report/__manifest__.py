{
    "name": "Street reports",
    "summary": "A lamp, a hole, a dump: a request that anybody may follow and reopen",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_desk", "procedure_letter", "procedure_template"],
    "data": [
        "security/ir.model.access.csv",
        "data/mail_template_data.xml",
        "data/procedure_template_data.xml",
        "views/street_report_route_views.xml",
        "views/procedure_request_views.xml",
        "views/street_report_menus.xml",
    ],
}
