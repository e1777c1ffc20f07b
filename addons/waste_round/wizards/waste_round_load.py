from odoo import fields, models

from odoo.addons.partner_household.tools import address_key
from odoo.addons.territory_base.csv_table import find_columns, read_cells, read_day, read_rows
from odoo.addons.territory_base.models.territory_loader import DAYS
from odoo.addons.territory_base.tools import normalize

from ..models.waste_round import make_code

ROWS_MAX = 10_000
# As people name their columns, without accent nor capital.
COLUMNS = {
    "round": ("tournee", "code", "code tournee", "circuit"),
    "kind": ("dechet", "dechets", "nature", "flux"),
    "weekday": ("jour", "jour de collecte"),
    "frequency": ("frequence", "semaine", "semaines"),
    "date_start": ("debut", "a partir du", "premier jour"),
    "commune": ("commune", "insee", "code insee"),
    "street": ("rue", "voie", "nom de la rue"),
    "side": ("cote", "numeros", "parite"),
    "number_from": ("du", "du numero", "numero debut", "de"),
    "number_to": ("au", "au numero", "numero fin", "a"),
}
NEEDED = ("round", "kind", "weekday", "commune")
KIND_WORDS = {
    "household": ("om", "omr", "ordures menageres", "ordures"),
    "recyclable": ("tri", "emballages", "recyclables", "tri selectif", "emballages et papiers"),
    "paper": ("papier", "papiers"),
    "glass": ("verre",),
    "food": ("biodechets", "dechets alimentaires"),
    "garden": ("dechets verts", "vegetaux"),
    "bulky": ("encombrants",),
}
FREQUENCY_WORDS = {
    "weekly": ("", "chaque semaine", "hebdomadaire", "toutes les semaines", "toutes"),
    "even": ("paire", "paires", "semaines paires"),
    "odd": ("impaire", "impaires", "semaines impaires"),
    "fortnight": ("quinzaine", "une sur deux", "tous les 15 jours", "une semaine sur deux"),
}
SIDE_WORDS = {
    "all": ("", "tous", "les deux"),
    "even": ("pair", "pairs", "numeros pairs"),
    "odd": ("impair", "impairs", "numeros impairs"),
}


def find_word(words, text):
    """The key whose words hold this text; None."""
    plain = normalize(text)
    return next((key for key, known in words.items() if plain in known), None)


class WasteRoundLoad(models.TransientModel):
    """Rounds and their streets from a file: read first, written once agreed.

    The streets of a round that the file names are put in the place of those that it had; other
    rounds are left as they are.
    """

    _name = "waste.round.load"
    _inherit = ["territory.file.load", "waste.service.mixin"]
    _description = "File of rounds and streets"
    _load_action = "waste_round.waste_round_load_action"

    def _check_loader(self):
        self.env["waste.round"].check_access("create")

    def _write_plan(self, rounds):
        for code, (values, rows) in rounds.items():
            commands = [fields.Command.clear(), *map(fields.Command.create, rows)]
            known = self._find_round(code)
            if known:
                # One that was put aside comes back with its streets.
                known.write({**values, "active": True, "street_ids": commands})
            else:
                self.env["waste.round"].create(
                    {
                        "name": code,
                        "code": code,
                        "service_id": self.service_id.id,
                        **values,
                        "street_ids": commands,
                    }
                )
        return self.env["ir.actions.act_window"]._for_xml_id("waste_round.waste_round_action")

    def _find_round(self, code):
        return (
            self.env["waste.round"]
            .with_context(active_test=False)
            .search([("code", "=", make_code(code)), ("service_id", "=", self.service_id.id)])
        )

    def _read_lines(self, content):
        """The plan: {code: (values of the round, values of its streets)}."""
        rows = read_rows(content, ROWS_MAX)
        columns = find_columns(rows[0][1], COLUMNS, NEEDED)
        communes = self.env["territory.commune"]._get_named()
        rounds, mistakes, places = {}, [], {}
        for number, cells in rows[1:]:
            texts = {**dict.fromkeys(COLUMNS, ""), **read_cells(cells, columns)}
            values, street, wrong = self._read_line(texts, communes)
            code = make_code(texts["round"])
            if not wrong and rounds.get(code, (values,))[0] != values:
                wrong = self.env._("the round “%s” has another day on a line above.", code)
            wrong = wrong or (code not in rounds and self._find_conflict(code, values))
            place = (code, *street.values())
            if not wrong and place in places:
                wrong = self.env._("the same as line %(number)s.", number=places[place])
            if wrong:
                mistakes.append((number, wrong))
                continue
            places[place] = number
            rounds.setdefault(code, (values, []))[1].append(street)
        return rounds, mistakes

    def _find_conflict(self, code, values):
        """What the rounds that are there do not allow; empty when nothing."""
        known = self._find_round(code)
        if not known and self.env["waste.round"].sudo().with_context(
            active_test=False
        ).search_count([("code", "=", code)], limit=1):
            return self.env._("the code “%s” is that of a round of another service.", code)
        start = values.get("date_start")
        if start and known.date_end and start > known.date_end:
            return self.env._(
                "the round “%(code)s” ends on %(day)s, before its new first day.",
                code=code,
                day=known.date_end.strftime("%d/%m/%Y"),
            )
        return ""

    def _read_line(self, texts, communes):
        """(values of the round, values of the street, what is wrong or nothing)."""
        commune = communes.get(normalize(texts["commune"]))
        values = {
            "waste_kind": find_word(KIND_WORDS, texts["kind"]),
            "weekday": find_word(
                {str(rank): (day,) for rank, day in enumerate(DAYS)}, texts["weekday"]
            ),
            "frequency": find_word(FREQUENCY_WORDS, texts["frequency"]),
        }
        street = {
            "commune_id": commune and commune.id,
            "street": " ".join(texts["street"].split()),
            "side": find_word(SIDE_WORDS, texts["side"]),
        }
        for name in ("number_from", "number_to"):
            street[name] = int(texts[name]) if texts[name].isdecimal() else 0
        day = read_day(texts["date_start"])
        if day:
            values["date_start"] = day
        wrong = self._find_wrong(texts, values, street)
        if not street["street"] and not wrong:
            street["street"] = False
        return values, street, wrong

    def _find_wrong(self, texts, values, street):
        if not make_code(texts["round"]):
            return self.env._("the round is missing.")
        for name, value in (
            ("commune", street["commune_id"]),
            ("kind", values["waste_kind"]),
            ("weekday", values["weekday"]),
            ("frequency", values["frequency"]),
            ("side", street["side"]),
        ):
            if not value:
                return self.env._("“%s” is not understood.", texts[name][:60])
        for name in ("number_from", "number_to"):
            if texts[name] and not (texts[name].isascii() and texts[name].isdecimal()):
                return self.env._("“%s” is not a number.", texts[name][:30])
        if texts["date_start"] and "date_start" not in values:
            return self.env._("“%s” is not a date, such as 24/03/2026.", texts["date_start"][:30])
        if values["frequency"] == "fortnight" and "date_start" not in values:
            return self.env._("a round every two weeks needs its first day.")
        if street["number_to"] and street["number_to"] < street["number_from"]:
            return self.env._("the last number is before the first one.")
        has_numbers = street["number_from"] or street["number_to"] or street["side"] != "all"
        if has_numbers and not address_key(street["street"]):
            return self.env._("numbers are those of a street: write its name.")
        return ""

    def _get_unreadable_sentence(self, error):
        if error.code == "no_columns":
            return self.env._(
                "The first line names the columns: tournée, déchet, jour, commune are needed; "
                "fréquence, début, rue, côté, du, au when they say something."
            )
        return super()._get_unreadable_sentence(error)

    def _tell_plan(self, rounds):
        known = {code: self._find_round(code) for code in rounds}
        new = [code for code in rounds if not known[code]]
        aside = [code for code in rounds if known[code] and not known[code].active]
        return [
            self.env._(
                "%(rounds)s rounds (%(new)s of them new), %(streets)s streets or communes.",
                rounds=len(rounds),
                new=len(new),
                streets=sum(len(rows) for _values, rows in rounds.values()),
            ),
            self.env._("The streets of these rounds are replaced; other rounds stay as they are."),
            *(
                [self.env._("Put aside until now, they come back: %s.", ", ".join(aside))]
                if aside
                else []
            ),
        ]
