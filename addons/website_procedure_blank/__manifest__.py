{
    "name": "Blank Forms of Procedures",
    "summary": "Each form as a PDF to print and to fill in by hand, made of its own questions",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_letter", "website_procedure"],
    "external_dependencies": {"python": ["segno"]},
    "data": [
        "views/blank_templates.xml",
        "views/catalogue_templates.xml",
        "views/procedure_procedure_views.xml",
    ],
}
