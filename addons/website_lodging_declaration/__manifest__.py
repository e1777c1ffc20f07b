{
    "name": "Lodging declarations on the website",
    "summary": "Where a declarant finds her lodging, declares a change, and says that she stops",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["lodging_declaration", "website_procedure_request"],
    "data": ["views/lodging_templates.xml"],
}
