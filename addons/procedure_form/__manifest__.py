{
    "name": "Procedure: forms",
    "summary": "What a procedure is, the versions of its form and the types of questions",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["mail", "privacy_register"],
    "external_dependencies": {"python": ["google-re2", "phonenumbers", "python-stdnum"]},
    "data": [
        "security/ir.model.access.csv",
        "security/procedure_procedure_security.xml",
        "views/procedure_procedure_views.xml",
        "views/procedure_version_views.xml",
        "views/procedure_menus.xml",
    ],
    "pre_init_hook": "_pre_init",
    "assets": {
        "web.assets_backend": ["procedure_form/static/src/optional_integer/*"],
    },
}
