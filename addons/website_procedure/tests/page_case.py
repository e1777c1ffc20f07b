from types import SimpleNamespace

from lxml import html
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from odoo.tests import tagged

from odoo.addons.procedure.tests.common import ProcedureCommon
from odoo.addons.website_parts.tests.common import PageReading
from odoo.addons.website_parts.tools.web import Posted, Visit

from .common import Forms


@tagged("post_install", "-at_install")
class FormPageCase(Forms, PageReading, ProcedureCommon):
    """The page of a form without browser nor route: what it asks, and what it finds wrong."""

    def open(self, procedure, user=None, **posted):
        """The page as it is found, or as it comes back once this was posted.

        :param user: a visitor, when empty
        """
        user = user or self.env.ref("base.public_user")
        env = self.env(user=user.id, context={"lang": "fr_FR", "tz": "Europe/Paris"})
        visit = Visit(env, Posted(MultiDict(posted)))
        page = procedure.with_env(env).sudo()._make_form_page(visit)
        if posted:
            page.read_post(is_trusted=True)
            page.errors = {**page.find_errors(), **page.errors}
        else:
            page.load()
        return page

    def draw(self, page):
        """Its errors and inputs, as the templates draw them; see `PageReading`."""
        render = page.env["ir.qweb"]._render
        parts = [render("website_parts.summary", {"errors": page.error_list})]
        for section in page.sections:
            for item in section["fields"]:
                parts.append(render("website_parts.field", {"field": item}))
        parts.append(render("website_procedure.communes_proposed", {"page": page}))
        tree = html.fromstring(Markup("<html><main>%s</main></html>") % Markup("").join(parts))
        return SimpleNamespace(tree=tree, text=html.tostring(tree, encoding="unicode"))
