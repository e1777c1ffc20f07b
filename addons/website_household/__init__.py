from odoo.addons.website_parts.tools.moved_views import move_views

from . import controllers, models

# Pages that came with the procedures before this addon.
MOVED = (
    "household_form",
    "household_list",
    "login",
    "my_contact",
    "my_home",
    "my_household",
    "organisation_facts",
    "signup",
    "signup_confirm",
    "signup_identifier",
    "signup_sent",
)


def _pre_init(env):
    """A database made before this addon: its views keep their rows under their new names."""
    move_views(env.cr, "website_procedure", "website_household", {name: name for name in MOVED})
