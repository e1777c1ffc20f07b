{
    "name": "Website page cache",
    "summary": "Public pages drawn once for all visitors, again when what they show changes",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "depends": ["territory_base", "website"],
    "data": ["security/ir.model.access.csv"],
}
