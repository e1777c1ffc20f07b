{
    "name": "Papers of the children who are booked",
    "summary": "A paper that an activity asks is asked of the children who go there",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["family_booking", "family_document"],
    "auto_install": True,
}
