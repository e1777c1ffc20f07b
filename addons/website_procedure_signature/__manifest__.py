{
    "name": "Second signature on the website",
    "summary": "Who is asked to sign reads and signs by the link of a mail, or in her own space",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_builder", "procedure_signature", "website_procedure_request"],
    "data": [
        "views/signature_templates.xml",
        "views/form_templates.xml",
        "views/my_space_templates.xml",
    ],
    "assets": {
        "web.assets_backend": ["website_procedure_signature/static/src/signature_settings.xml"],
    },
}
