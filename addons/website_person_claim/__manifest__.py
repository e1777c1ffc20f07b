{
    "name": "Claim of a file on the website",
    "summary": "Where a code opens online what the staff entered",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["person_claim", "website_household"],
    "data": ["views/claim_templates.xml"],
}
