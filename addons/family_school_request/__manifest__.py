{
    "name": "Requests for a school",
    "summary": "An accepted request registers the pupil; the derogation is a request of its own",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["family_school", "procedure_opinion", "procedure_template"],
    "data": [
        "data/procedure_template_data.xml",
        "views/procedure_request_views.xml",
    ],
}
