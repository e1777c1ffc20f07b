{
    "name": "Changes of situation on the website",
    "summary": "Where a household or an organisation reports what changes, and follows it",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["situation_change", "website_procedure_request"],
    "data": ["views/situation_templates.xml"],
}
