{
    "name": "Core doors",
    "summary": "Ways round the access rights of Odoo's core, closed for every model",
    "version": "19.0.1.0.0",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "category": "Hidden",
    "depends": ["mail", "portal"],
    "assets": {
        "web.assets_backend": [
            "core_doors/static/src/search_bar/*",
        ],
    },
}
