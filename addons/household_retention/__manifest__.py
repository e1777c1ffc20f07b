{
    "name": "Household: retention",
    "summary": "Accounts that nobody uses are closed, persons whom nothing keeps erased",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["partner_household", "privacy_retention"],
    "data": ["data/privacy_retention_data.xml"],
}
