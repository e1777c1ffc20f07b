{
    "name": "Test: a content that is approved",
    "summary": "Wash houses: a fake content, to test the approval of contents",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["website_content_approval", "content_review_link", "website_content_report"],
    "data": [
        "security/ir.model.access.csv",
        "data/content_type_data.xml",
        "views/wash_house_templates.xml",
    ],
}
