{
    "name": "Consents",
    "summary": "What somebody agrees to, for herself or for a child: dated, versioned, withdrawn",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["partner_household", "privacy_register"],
    "data": [
        "security/ir.model.access.csv",
        "security/privacy_consent_security.xml",
        "data/privacy_processing_data.xml",
        "views/privacy_consent_text_views.xml",
        "views/privacy_consent_views.xml",
        "views/privacy_consent_menus.xml",
    ],
}
