{
    "name": "Similar sheets",
    "summary": "Two sheets of one person, household or organisation become one, and two again",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["partner_household"],
    "data": [
        "security/ir.model.access.csv",
        "wizards/person_merge_wizard_views.xml",
        "views/person_merge_views.xml",
    ],
}
