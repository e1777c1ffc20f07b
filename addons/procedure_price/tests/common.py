from odoo import Command

from odoo.addons.procedure.tests.common import ProcedureCommon


class PriceCommon(ProcedureCommon):
    """The hall of the staff review: 200 or 150, then 40, 60 and 25."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "fr_FR"})
        cls.waste = cls.waste.with_env(cls.env)
        cls.hall = cls._priced("Location de la salle", "SALLE")

    @classmethod
    def _priced(cls, name, code, tariffs=None, kinds=(), publish=True, **vals):
        procedure = cls._procedure(name, code, cls.waste, fields=cls._hall_fields(), publish=False)
        procedure.write(vals)
        procedure._get_draft().write(
            {
                "tariff_who_ids": [Command.create(kind) for kind in kinds],
                "tariff_ids": [Command.create(each) for each in tariffs or cls._hall_tariffs()],
            }
        )
        if publish:
            procedure.action_publish()
        return procedure

    @classmethod
    def _choices(cls, *pairs):
        return [Command.create({"value": value, "label": label}) for value, label in pairs]

    @classmethod
    def _hall_fields(cls):
        return [
            {
                "key": "when",
                "type": "selection",
                "label": "Moment",
                "required": True,
                "option_ids": cls._choices(("evening", "Soirée"), ("day", "Journée")),
            },
            {
                "key": "more",
                "type": "multi_selection",
                "label": "Avec",
                "option_ids": cls._choices(
                    ("dishes", "Vaisselle"), ("kitchen", "Cuisine"), ("sound", "Sonorisation")
                ),
            },
            {"key": "plates", "type": "integer", "label": "Couverts"},
            {"key": "rows", "type": "block", "label": "Table"},
            {"key": "seats", "type": "integer", "label": "Places", "block_key": "rows"},
        ]

    @classmethod
    def _hall_tariffs(cls):
        return [
            {"basis": "choice", "key": "when", "value": "evening", "cents": 20000},
            {"basis": "choice", "key": "when", "value": "day", "cents": 15000},
            {"basis": "choice", "key": "more", "value": "dishes", "cents": 4000},
            {"basis": "choice", "key": "more", "value": "kitchen", "cents": 6000},
            {"basis": "choice", "key": "more", "value": "sound", "cents": 2500},
        ]

    def _book(self, procedure=None, user=None, **answers):
        return self._submit(
            user,
            procedure=procedure or self.hall,
            answers={"when": "evening", **answers},
            files={},
        ).sudo()

    def _told(self, request):
        """(words, amount) of what counts, the total last."""
        rows = request.with_context(lang="fr_FR")._get_price_rows()
        return [(label, text.replace("\xa0", " ")) for label, text, _key in rows]
