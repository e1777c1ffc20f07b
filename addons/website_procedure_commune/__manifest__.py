{
    "name": "Procedures by commune on the website",
    "summary": "What applies in her commune, read before the first question",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_commune", "website_procedure"],
    "data": ["views/commune_templates.xml", "views/catalogue_templates.xml"],
}
