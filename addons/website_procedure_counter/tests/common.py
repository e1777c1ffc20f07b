from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon


class CounterCommon(WebsiteProcedureCommon):
    """The agent of waste at her counter."""

    def start(self, user=None, **values):
        """What she says first; return the answer of the server."""
        if user:
            self.sign_in(user)
        page = self.get("/guichet")
        return self.post(
            "/guichet",
            {
                **self.hidden(page),
                "procedure": self.procedure.slug,
                "channel": "counter",
                "received_on": page.tree.xpath("//input[@name='received_on']/@value")[0],
                "_action": "continue",
                **values,
            },
        )

    def open_form(self, user=None, **values):
        """(path of the form, the form)."""
        response = self.start(user, **values)
        self.assertEqual(response.status_code, 303, self.errors(response))
        path = response.headers["Location"].removeprefix(self.base_url())
        return path, self.get(path)

    def send(self, path, page, files=None, **answers):
        data = {**self.hidden(page), **self.typed(), **answers}
        return self.post(path, data, files)

    def ana(self, **identity):
        """Without e-mail nor postal address: the answer is handed over."""
        return {
            "contact_firstname": "Ana",
            "contact_lastname": "Morel",
            "_by_hand": "1",
            **identity,
        }

    def entry(self, path):
        return self.env["website.procedure.pending"].browse(int(path.rpartition("/")[2]))

    def words(self, response):
        return " ".join(response.tree.text_content().split())
