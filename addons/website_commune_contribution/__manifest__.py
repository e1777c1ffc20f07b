{
    "name": "Contributions of the communes",
    "summary": "A town hall writes its page: the form, what people will read",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "depends": ["website_commune", "website_content_approval"],
    "auto_install": True,
    "data": ["views/order_templates.xml", "views/preview_templates.xml"],
}
