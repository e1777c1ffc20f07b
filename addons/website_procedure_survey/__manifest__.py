{
    "name": "Satisfaction survey on the website",
    "summary": "The page of the link, and the question on the page of a request",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["procedure_survey", "website_procedure_request"],
    "data": ["views/survey_templates.xml"],
}
