{
    "name": "Procedure: print a request",
    "summary": "A whole request on paper, for the file of a town hall or a meeting",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure", "report_weasyprint"],
    "data": ["report/procedure_request_templates.xml"],
}
