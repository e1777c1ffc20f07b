{
    "name": "Procedures by commune",
    "summary": "Each town hall says how a procedure is asked in its commune, with its own rules",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_desk"],
    "data": [
        "security/ir.model.access.csv",
        "security/procedure_commune_security.xml",
        "views/procedure_commune_views.xml",
        "views/procedure_procedure_views.xml",
        "views/procedure_commune_menus.xml",
    ],
}
