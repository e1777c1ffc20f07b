{
    "name": "Procedure: shared lists",
    "summary": "Long lists that forms share: streets, schools, halls, loaded from CSV",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure"],
    "data": [
        "security/ir.model.access.csv",
        "views/procedure_list_row_views.xml",
        "views/procedure_list_views.xml",
        "wizards/procedure_list_load_views.xml",
        "views/procedure_list_menus.xml",
    ],
}
