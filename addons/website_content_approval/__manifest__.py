{
    "name": "Contributions on the website",
    "summary": "Associations, companies and town halls propose changes of their pages; readers "
    "accept them",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "category": "Website/Website",
    "author": "E-Territoire contributors",
    "depends": ["content_approval", "website_household"],
    "data": [
        "views/part_templates.xml",
        "views/input_templates.xml",
        "views/difference_templates.xml",
        "views/contribution_list_templates.xml",
        "views/contribution_templates.xml",
        "views/version_templates.xml",
        "views/reading_templates.xml",
        "views/my_space_templates.xml",
    ],
    "assets": {
        "website_content_approval.assets_form": [
            "website_content_approval/static/src/js/preview.js",
        ],
    },
}
