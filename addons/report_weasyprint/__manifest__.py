{
    "name": "Reports by WeasyPrint",
    "summary": "PDF reports that a screen reader can read: tagged, titled, in their language",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["web"],
    "external_dependencies": {"python": ["weasyprint", "Pillow", "pypdf"]},
    "data": ["views/report_templates.xml"],
}
