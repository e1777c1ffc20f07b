{
    "name": "Procedures on the pages of the communes",
    "summary": "The procedures that a commune itself answers, on its page",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "depends": ["website_commune", "website_procedure_commune"],
    "auto_install": True,
    "data": ["views/block_templates.xml"],
}
