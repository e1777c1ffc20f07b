{
    "name": "Changes of situation",
    "summary": "A birth, a move, a death, a new board: reported once, decided line by line",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["household_entry", "procedure_desk", "procedure_template"],
    "data": [
        "security/ir.model.access.csv",
        "data/procedure_template_data.xml",
        "wizards/situation_change_linking_views.xml",
        "views/procedure_request_views.xml",
    ],
}
