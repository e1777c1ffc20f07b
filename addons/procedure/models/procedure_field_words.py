from odoo import api, fields, models
from odoo.tools import format_list, formatLang

from .. import engine


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
        if problem.code == "missing":
            return self._get_missing_sentence(field_type)
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
        if problem.code == "siret_digits":
            return self.env._("A SIRET has 14 digits. %(count)s were typed.", **params)
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
            "not_an_iban": self.env._("This IBAN has a wrong character. Copy it from your bank."),
            "not_a_siret": self.env._("This SIRET has a wrong digit. Check it."),
            "not_a_rna": self.env._("Enter W and 9 digits, such as W551000000."),
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

    @api.model
    def _get_missing_sentence(self, field_type):
        texts = {
            "selection": self.env._("Choose an answer."),
            "multi_selection": self.env._("Choose at least one answer."),
            "boolean": self.env._("Answer yes or no."),
            "integer": self.env._("Enter a number."),
            "date": self.env._("Enter a date."),
            "email": self.env._("Enter your e-mail address."),
            "phone": self.env._("Enter a phone number."),
            "address": self.env._("Enter the address."),
            "commune": self.env._("Choose a commune."),
            "iban": self.env._("Enter an IBAN."),
            "siret": self.env._("Enter a SIRET number."),
            "rna": self.env._("Enter an RNA number."),
            "persons": self.env._("Choose at least one person."),
            "children": self.env._("Choose at least one child."),
            "dwelling": self.env._("Choose a dwelling."),
            "school": self.env._("Choose a school."),
            "weekly_grid": self.env._("Tick at least one day."),
            "block": self.env._("Fill in at least one line."),
            "file": self.env._("Add the document."),
            "consent": self.env._("Tick this box to go on."),
        }
        return texts.get(field_type) or self.env._("Answer this question.")

    # ------------------------------------------------------------
    # Answers as they are read
    # ------------------------------------------------------------

    def _format_answer(self, value):
        """A typed answer as it is read, in one text."""
        self.ensure_one()
        match self.type:
            case "date":
                return fields.Date.to_date(value).strftime("%d/%m/%Y")
            case "boolean":
                return self.env._("Yes") if value else self.env._("No")
            case "selection" | "multi_selection":
                labels = {option.value: option.label for option in self.option_ids}
                values = value if isinstance(value, list) else [value]
                return ", ".join(labels.get(each) or each for each in values)
            case "address":
                city = " ".join(filter(None, (value["zip"], value["commune"])))
                return ", ".join(filter(None, (value["street"], value["street2"], city)))
            case "commune" | "dwelling" | "school":
                return value["label"]
            case "persons" | "children":
                return ", ".join(record["label"] for record in value)
            case "phone":
                return engine.format_phone(value)
            case "iban":
                return "\xa0".join(value[start : start + 4] for start in range(0, len(value), 4))
            case "siret":
                return "\xa0".join((value[:3], value[3:6], value[6:9], value[9:]))
            case "computed":
                is_whole = isinstance(value, int)
                return str(value) if is_whole else formatLang(self.env, value, digits=2)
            case "weekly_grid" | "block":
                return " ; ".join(
                    f"{label}\xa0: {shown}" for label, shown in self._get_lines(value)
                )
            case "consent":
                on = fields.Date.to_date(value["on"]).strftime("%d/%m/%Y")
                return self.env._("Agreed on %(date)s", date=on)
        return str(value)

    def _get_shown(self, value):
        """(label, text) of a typed answer: one line, or those of a grid or of a block."""
        self.ensure_one()
        if self.type == "block":
            return self._get_lines(value)
        if self.type == "weekly_grid":
            return [(f"{self.label} – {label}", shown) for label, shown in self._get_lines(value)]
        return [(self.label, self._format_answer(value))]

    def _get_lines(self, value):
        """(label, text) for each line of a grid or of a block, and for each question of a row."""
        self.ensure_one()
        if self.type == "weekly_grid":
            names = self._get_day_names()
            return [
                (option.label, ", ".join(names.get(day, str(day)).lower() for day in days))
                for option in self.option_ids
                if (days := value.get(option.value))
            ]
        children = self._get_rows()
        return [
            (f"{self.label} {number} – {child.label}", child._format_answer(row[child.key]))
            for number, row in enumerate(value, 1)
            for child in children
            if child.key in row
        ]
