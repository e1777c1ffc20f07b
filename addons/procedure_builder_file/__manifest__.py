{
    "name": "Procedure: a file as next draft",
    "summary": "A file of a procedure becomes the next draft of one that exists",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_builder", "procedure_template"],
    "data": [
        "security/ir.model.access.csv",
        "wizards/procedure_draft_file_views.xml",
        "views/procedure_procedure_views.xml",
    ],
}
