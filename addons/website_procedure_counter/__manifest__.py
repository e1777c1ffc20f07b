{
    "name": "Procedures at the Counter",
    "summary": "The staff enters a request for people who came, called or wrote; its receipt",
    "version": "19.0.1.1.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_letter", "website_procedure", "website_procedure_request"],
    "data": [
        "views/counter_templates.xml",
        "views/catalogue_templates.xml",
        "views/procedure_procedure_views.xml",
        "views/procedure_request_views.xml",
        "views/website_procedure_counter_menus.xml",
    ],
}
