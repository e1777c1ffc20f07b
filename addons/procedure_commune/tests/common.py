import base64

from odoo import Command

from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import ProcedureCommon
from odoo.addons.public_guard.tests.common import make_pdf

PDF = base64.b64encode(make_pdf())


class CommuneCase(ProcedureCommon):
    """The hall of each commune: asked of its town hall, once it has opened it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hall = cls._procedure(
            "Louer la salle",
            "SALLE",
            cls.env["territory.service"],
            fields=[
                {"key": "where", "type": "commune", "label": "Commune", "required": True},
                {"key": "day", "type": "date", "label": "Jour"},
            ],
            is_communal=True,
            is_opened_by_communes=True,
            commune_ids=[Command.set((cls.vaubecourt | cls.revigny).ids)],
        )
        cls.rows = cls.env["procedure.commune"]
        cls.hall._make_commune_rows(cls.vaubecourt | cls.revigny)
        cls.row = cls.hall.commune_row_ids.filtered(lambda row: row.commune_id == cls.vaubecourt)
        cls.other_row = cls.hall.commune_row_ids - cls.row

    def _ask(self, commune, user=None, by=None, procedure=None, **values):
        """What Camille files in this commune; `by`: entered for somebody by this secretary."""
        user = by or user or self.camille
        filing = Filing(
            procedure=procedure or self.hall,
            answers={"where": commune.insee_code},
            **(
                {"identity": self._identity(), "channel": "phone"}
                if by
                else {"applicant": user.partner_id}
            ),
            **values,
        )
        return self.env["procedure.request"].with_user(user)._submit(filing).with_env(self.env)
