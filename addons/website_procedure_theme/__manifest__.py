{
    "name": "Territory site: procedures in the theme",
    "summary": "Fills the slots of the theme with the procedures: home, personal data, site map",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["website_procedure", "website_territory_theme"],
    "auto_install": True,
    "data": [
        "views/website_procedure_theme_templates.xml",
    ],
}
