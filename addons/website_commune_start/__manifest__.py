{
    "name": "First hour of a town hall",
    "summary": "Seven questions, and the page of the commune is right",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "depends": ["website_commune_contribution"],
    "auto_install": True,
    "data": ["views/first_hour_templates.xml", "views/contribution_list_templates.xml"],
    "assets": {"web.assets_frontend": ["website_commune_start/static/src/scss/first_hour.scss"]},
}
