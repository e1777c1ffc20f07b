{
    "name": "Prices on the website",
    "summary": "The price is read before a request is sent, and written in the builder",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": [
        "procedure_builder",
        "procedure_price",
        "website_procedure_blank",
        "website_procedure_request",
    ],
    "data": ["views/price_templates.xml"],
    "assets": {
        "web.assets_backend": ["website_procedure_price/static/src/builder/**/*"],
    },
}
