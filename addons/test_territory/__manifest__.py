{
    "name": "E-Territoire: flows across modules",
    "summary": "Tests of what several modules do together: the rights matrix and whole flows",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["territory_platform"],
}
