from . import models
from .tools.moved_views import move_views

# Parts that other addons drew before this one.
FROM_PROCEDURE = {
    "asked_again": "asked_again",
    "body_too_large": "body_too_large",
    "choice_input": "choice_input",
    "consent_input": "consent_input",
    "error": "error",
    "file_input": "file_input",
    "form_field": "field",
    "help": "help",
    "hidden": "hidden",
    "icon": "icon",
    "kept_files": "kept_files",
    "kept_picture": "kept_picture",
    "kept_seen": "kept_seen",
    "line_input": "line_input",
    "link_shown": "link_shown",
    "mail_away": "mail_away",
    "notice": "notice",
    "page": "page",
    "reveal": "reveal",
    "select_input": "select_input",
    "state_tag": "state_tag",
    "summary": "summary",
    "text_input": "text_input",
}
FROM_THEME = {
    "part_breadcrumb": "breadcrumb",
    "part_empty": "empty",
    "part_row": "row",
}
# The second copy of a part: what still calls it calls the one that stays.
SAME_AS = {
    "page": "page",
    "part_error_summary": "summary",
    "part_field_error": "error",
    "part_help_panel": "help",
    "part_icon": "icon",
    "part_notice": "notice",
}


def _pre_init(env):
    """A database made before this addon: its views keep their rows, their copies by website and
    what was written in the editor, under their new names."""
    move_views(env.cr, "website_procedure", "website_parts", FROM_PROCEDURE)
    move_views(env.cr, "website_territory_theme", "website_parts", FROM_THEME)
    move_views(env.cr, "website_territory_theme", "website_parts", SAME_AS, is_same=True)
