{
    "name": "Directory on the pages of the communes",
    "summary": "Associations, shops and other places of a commune, on its page",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "depends": ["website_commune", "website_directory"],
    "auto_install": True,
    "data": ["views/block_templates.xml", "views/theme_templates.xml"],
}
