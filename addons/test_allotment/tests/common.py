from odoo import Command

from odoo.addons.procedure.tests.common import ProcedureCommon


class AllotmentCommon(ProcedureCommon):
    """A service that lets two plots by a procedure; Camille and Dominique may ask for one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.allotment = cls._procedure(
            "Louer une parcelle de jardin",
            "JARDIN",
            cls.waste,
            fields=cls._allotment_form(),
            kind="allotment",
        )
        cls.plots = cls.env["allotment.plot"].create(
            [{"name": name, "service_id": cls.waste.id} for name in ("A1", "A2")]
        )

    @classmethod
    def _allotment_form(cls):
        return [
            {"key": "garden_project", "type": "text", "label": "Votre projet"},
            {
                "key": "plot_size",
                "type": "selection",
                "label": "Taille de la parcelle",
                "option_ids": [
                    Command.create({"value": "small", "label": "50 m²"}),
                    Command.create({"value": "large", "label": "100 m²"}),
                ],
            },
        ]

    def _ask(self, user=None, answers=None, **kwargs):
        """A request for a plot, sent by this resident; Camille by default."""
        answers = {"garden_project": "Des tomates", "plot_size": "small", **(answers or {})}
        return self._submit(user, procedure=self.allotment, files={}, answers=answers, **kwargs)
