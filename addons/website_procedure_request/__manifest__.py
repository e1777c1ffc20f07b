{
    "name": "Requests followed on the website",
    "summary": "The applicant follows her requests, with an account or by a number and a code",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "depends": ["website_procedure"],
    "data": [
        "security/ir.model.access.csv",
        "views/procedure_procedure_views.xml",
        "views/request_templates.xml",
        "views/tracking_templates.xml",
        "views/portal_templates.xml",
    ],
    "assets": {
        # The page of a request is a form too: a file, a message, what is asked.
        "website_procedure.assets_form": [
            "website_procedure_request/static/src/js/request_page.js",
        ],
    },
}
