{
    "name": "Procedure: templates",
    "summary": "A new procedure from a template, from another one or from a file",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "depends": ["procedure"],
    "data": [
        "security/ir.model.access.csv",
        "data/procedure_template_data.xml",
        "views/procedure_template_views.xml",
        "wizards/procedure_new_wizard_views.xml",
        "views/procedure_procedure_views.xml",
        "views/privacy_processing_views.xml",
        "views/procedure_template_menus.xml",
    ],
}
