{
    "name": "Privacy Register: exports",
    "summary": "The register of processing and its notices, as a spreadsheet and on paper",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["privacy_register", "public_guard", "report_weasyprint"],
    "data": ["report/privacy_processing_reports.xml", "views/privacy_processing_views.xml"],
}
