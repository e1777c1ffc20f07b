from odoo.addons.website_parts.tools.moved_views import move_views

from . import controllers, models

MOVED = ("opinion", "opinion_closed")


def _pre_init(env):
    """A database made before this addon: its views keep their rows under their new names."""
    move_views(
        env.cr, "website_procedure", "website_procedure_opinion", {name: name for name in MOVED}
    )
