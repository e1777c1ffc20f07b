from odoo import api, models
from odoo.tools import format_list


class ProcedureFieldWords(models.AbstractModel):
    """What is said about a field and its answers. The engine gives codes; the words are here."""

    _name = "procedure.field.words"
    _description = "Sentences about a form field"

    @api.model
    def _get_type_label(self, field_type):
        return dict(self._fields["type"]._description_selection(self.env))[field_type]

    @api.model
    def _get_day_names(self):
        return {
            1: self.env._("Monday"),
            2: self.env._("Tuesday"),
            3: self.env._("Wednesday"),
            4: self.env._("Thursday"),
            5: self.env._("Friday"),
            6: self.env._("Saturday"),
            7: self.env._("Sunday"),
        }

    # ------------------------------------------------------------
    # Beside a field
    # ------------------------------------------------------------

    @api.model
    def _get_error_sentence(self, field_type, problem):
        """What to tell beside a field."""
        params = dict(problem.params)
        asked = self.env["procedure.field.types"]._get_type(field_type)
        if problem.code == "missing":
            return asked.get_missing_sentence(self.env)
        own = asked.get_error_sentence(self.env, problem)
        if own:
            return own
        if problem.code == "pattern":
            return params["message"] or self.env._("This answer has not the expected form.")
        if problem.code == "too_long":
            return self.env._(
                "This text has %(length)s characters. The maximum is %(max)s.",
                **{name: f"{value:,}".replace(",", "\xa0") for name, value in params.items()},
            )
        if problem.code == "too_short":
            return self.env._(
                "This text has %(length)s characters. The minimum is %(min)s.", **params
            )
        if problem.code == "too_many_files":
            return self.env._("There are %(count)s files. The maximum is %(max)s.", **params)
        if problem.code == "too_many_rows":
            return self.env._("There are %(count)s lines. The maximum is %(max)s.", **params)
        if problem.code == "too_few_rows":
            return self.env._("There are %(count)s lines. The minimum is %(min)s.", **params)
        if problem.code == "phone_digits":
            return self.env._("The number has %(count)s digits. It takes 10.", **params)
        if problem.code == "no_such_day":
            return self.env._("%(day)s does not exist. Check the day and the month.", **params)
        if problem.code == "too_small":
            return self.env._("The minimum is %(min)s.", **params)
        if problem.code == "too_big":
            return self.env._("The maximum is %(max)s.", **params)
        if problem.code == "not_a_commune":
            return self._get_commune_sentence(params["typed"])
        texts = {
            "not_a_number": self.env._("Enter a whole number, such as 3."),
            "not_a_date": self.env._("Enter a date, such as 24/03/2026."),
            "date_in_the_future": self.env._("This date is in the future. Check it."),
            "date_in_the_past": self.env._("This date has passed. Choose a later one."),
            "not_an_option": self.env._("Choose one of the answers of the list."),
            "not_an_email": self.env._("Enter an e-mail address, such as nom@exemple.fr."),
            "not_a_phone": self.env._("Enter a phone number, such as 06 39 98 12 34."),
            "not_a_postcode": self.env._("Enter a postcode of 5 digits."),
            "incomplete_address": self.env._("Enter the street and the commune."),
            "invalid": self.env._("This answer cannot be read. Enter it again."),
        }
        return texts[problem.code]

    @api.model
    def _get_commune_sentence(self, typed):
        communes_sudo = self.env["territory.commune"].sudo()
        near = communes_sudo._get_near_names(typed)
        name = typed.strip()[:60]
        if near:
            return self.env._(
                "“%(name)s” is not a commune of our territory. Did you mean %(names)s?",
                name=name,
                names=format_list(self.env, near, "or"),
            )
        return self.env._(
            "“%(name)s” is not a commune of our territory (%(count)s communes). Check its name.",
            name=name,
            count=communes_sudo.search_count([]),
        )

    # ------------------------------------------------------------
    # Answers as they are read
    # ------------------------------------------------------------

    def _format_answer(self, value):
        """A typed answer as it is read, in one text."""
        self.ensure_one()
        return self._get_type().format(self, value)

    def _get_shown(self, value):
        """(label, text) of a typed answer: one line, or those of a grid or of a block."""
        self.ensure_one()
        return self._get_type().get_shown(self, value)

    def _get_cell_reader(self):
        """A function from a typed answer to the value of a cell of a table."""
        self.ensure_one()
        return self._get_type().get_cell_reader(self)
