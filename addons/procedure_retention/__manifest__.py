{
    "name": "Procedure: retention",
    "summary": "Requests are anonymised once the time of their procedure is over; legal holds",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "depends": ["household_retention", "privacy_retention", "procedure"],
    "data": [
        "security/ir.model.access.csv",
        "data/privacy_retention_data.xml",
        "views/procedure_request_templates.xml",
        "views/procedure_request_views.xml",
        "views/procedure_request_hold_views.xml",
        "views/procedure_elimination_views.xml",
        "views/procedure_retention_menus.xml",
    ],
}
