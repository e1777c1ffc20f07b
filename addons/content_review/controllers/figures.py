from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.website_content_approval.controllers.common import FORM
from odoo.addons.website_parts.tools.web import not_cached

from .stale import PATH as STALE_PATH

PATH = f"{STALE_PATH}/chiffres"


class Figures(http.Controller):
    """How many pages are kept up to date by whoever they are about, for those who report it."""

    @http.route(PATH, **{**FORM, "methods": ["GET"], "readonly": True})
    def figures(self, **kwargs):
        if not request.env.user._is_content_staff():
            raise NotFound()
        response = request.render(
            "content_review.figures",
            {
                "rows": request.env["content.type"]._list_kept_figures(),
                # On a phone each figure stands under its word.
                "columns": [
                    request.env._("Online"),
                    request.env._("Kept up to date"),
                    request.env._("Share"),
                    request.env._("Counted over"),
                ],
                "my_space_word": request.env._("My space"),
                "list_word": request.env._("What I publish"),
                "stale_word": request.env._("To be checked"),
                "stale_path": STALE_PATH,
            },
        )
        return not_cached(response)
