{
    "name": "E-Territoire: demo",
    "summary": "A fictitious year of life: services, agents, families, procedures and requests",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["territory_platform"],
    "external_dependencies": {"python": ["freezegun", "Pillow"]},
    "post_init_hook": "post_init_hook",
}
