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
        "views/page_editor_templates.xml",
        "views/version_templates.xml",
        "views/reading_templates.xml",
        "views/my_space_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "website_content_approval/static/src/page_editor/page_editor_loader.js",
        ],
        # Beside core's scripts, where a text is written in its page.
        "website_content_approval.assets_page_editor": [
            ("include", "web._assets_helpers"),
            ("include", "web._assets_frontend_helpers"),
            "web/static/src/scss/pre_variables.scss",
            "web/static/lib/bootstrap/scss/_variables.scss",
            "web/static/lib/bootstrap/scss/_variables-dark.scss",
            ("include", "html_editor.assets_editor"),
            "website_content_approval/static/src/page_editor/page_editor.js",
            "website_content_approval/static/src/page_editor/page_editor.scss",
        ],
        "website_content_approval.assets_form": [
            "website_parts/static/src/js/shrink_photo.js",
            # Before the others: for them nothing is on its way yet.
            "website_content_approval/static/src/js/small_photo.js",
            "website_content_approval/static/src/js/signed_in.js",
            "website_content_approval/static/src/js/preview.js",
        ],
    },
}
