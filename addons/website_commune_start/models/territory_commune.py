from odoo import api, models

from ..questions import NAMES, Question


class TerritoryCommune(models.Model):
    _inherit = "territory.commune"

    @api.model
    def _get_first_questions(self):
        """Hook: what makes a page right, what people look for most first.

        :return: dict code -> Question, in their order
        """
        env = self.env
        return {
            "hours": Question(
                env._("When is the town hall open?"),
                env._("Days, hours, a closing to come"),
                NAMES["hours"],
                env._("Opening hours"),
            ),
            "contact": Question(
                env._("How are you reached?"),
                env._("Telephone, e-mail, street, way in"),
                NAMES["contact"],
                env._("Telephone and address"),
            ),
            "line": Question(
                env._("Your village in one line"),
                env._("What you like to show"),
                NAMES["line"],
                env._("A line on the village"),
            ),
            "photo": Question(
                env._("A photo to show"),
                env._("Without one, the drawing of the village"),
                NAMES["photo"],
                env._("A photo"),
            ),
            "members": Question(
                env._("Who are the elected members?"),
                env._("Name, office, hours of presence"),
                NAMES["members"],
                env._("The elected members"),
            ),
            "asked": Question(
                env._("What are you asked most?"),
                env._("Key of the cemetery, leak of water, defibrillator"),
                NAMES["asked"],
                env._("What is good to know"),
            ),
            "alerts": Question(
                env._("Are you on PanneauPocket?"),
                env._("The address of your page there"),
                NAMES["alerts"],
                env._("PanneauPocket"),
            ),
        }

    @api.model
    def _list_first_questions(self):
        """[(code, Question)]: with those of their fields that are open."""
        opened = self._get_approval_fields()
        questions = []
        for code, question in self._get_first_questions().items():
            names = tuple(name for name in question.names if name in opened)
            if names:
                questions.append((code, question._replace(names=names)))
        return questions

    def _list_lacking(self):
        """The questions that its page online does not answer."""
        self.ensure_one()
        # Of a picture, whether there is one.
        page = self.with_context(bin_size=True)
        return [
            question
            for _code, question in self._list_first_questions()
            if not any(page[name] for name in question.names)
        ]
