{
    "name": "Opinions on the website",
    "summary": "Who is consulted without an account answers by the link of a mail",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_opinion", "website_procedure_request"],
    "data": ["views/opinion_templates.xml"],
    "pre_init_hook": "_pre_init",
}
