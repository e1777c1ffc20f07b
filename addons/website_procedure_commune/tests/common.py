from odoo import Command

from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon


def add_hall(cls):
    """A hall that each town hall opens: Vaubecourt does, Revigny by phone."""
    cls._as_data(cls.other_town_hall).phone = "03 29 00 00 00"
    cls.hall = cls._procedure(
        "Louer une salle",
        "SALLE",
        cls.env["territory.service"],
        fields=[
            {"key": "where", "type": "commune", "label": "Commune de la salle", "required": True},
            {"key": "what", "type": "char", "label": "Occasion", "required": True},
        ],
        slug="louer-une-salle",
        is_communal=True,
        is_opened_by_communes=True,
        commune_ids=[Command.set((cls.vaubecourt | cls.revigny).ids)],
    )
    cls.hall._make_commune_rows(cls.vaubecourt | cls.revigny)
    rows = cls.hall.commune_row_ids
    cls.row = rows.filtered(lambda row: row.commune_id == cls.vaubecourt)
    cls.other_row = rows - cls.row
    cls.row.write({"mode": "online", "rules": "Cinquante personnes au plus."})
    cls.other_row.write({"mode": "direct", "direct_text": "Venez le mardi à la mairie."})


class CommuneSite(WebsiteProcedureCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_hall(cls)
        cls.hall_path = f"/demarches/{cls.hall.slug}"

    def _words(self, response):
        return " ".join(response.text.split())
