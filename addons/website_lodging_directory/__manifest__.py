{
    "name": "Lodgings in the directory",
    "summary": "Who declares a lodging asks for its sheet: the town hall finds its draft",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["lodging_declaration", "website_directory"],
    "auto_install": True,
    "data": ["views/lodging_declaration_views.xml", "views/procedure_request_views.xml"],
}
