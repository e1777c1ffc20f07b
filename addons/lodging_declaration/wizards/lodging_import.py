from datetime import date
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain

from odoo.addons.partner_household.tools import address_key
from odoo.addons.territory_base import clock
from odoo.addons.territory_base.csv_table import (
    UnreadableTable,
    find_columns,
    get_unreadable_sentence,
    read_cells,
    read_file,
    read_rows,
)

from ..numbers import find_problem

# Columns of the file: those that must be there first.
REQUIRED = ("numero", "adresse", "declarant")
OPTIONAL = (
    "complement",
    "courriel",
    "telephone",
    "residence_principale",
    "chambres",
    "lits",
    "personnes",
    "date",
)
YES, NO = ("oui", "vrai", "1", "true"), ("non", "faux", "0", "false")
LINES_MAX = 5000


class Row(NamedTuple):
    """What one line of the file does."""

    line: int
    number: str
    verdict: str
    sentence: str
    values: dict = {}
    # What it changes: a declaration in force, or none.
    declaration: object = None


class Register:
    """What we have of the lines of a file, found at once whatever their number. In superuser mode.

    :param lines: values of each, see `_prepare`
    """

    def __init__(self, env, lines):
        declarations, dwellings = env["lodging.declaration"], env["territory.dwelling"]
        numbers = [values["registration_number"] for values in lines]
        communes = env["territory.commune"].union(*(values["commune"] for values in lines))
        found = dwellings.search(
            Domain("commune_id", "in", communes.ids)
            & Domain("address_key", "in", [get_place(values)[1] for values in lines])
        )
        self.dwellings = {(each.commune_id.id, each.address_key): each for each in found}
        self.nowhere, self.nothing = dwellings, declarations
        named = Domain("registration_number", "in", numbers)
        live = Domain("state", "=", "live") & Domain("kind", "=", "furnished")
        live = declarations.search(live & (named | Domain("dwelling_id", "in", found.ids)))
        # Of several, the first one of the list.
        self.by_number = {each.registration_number: each for each in reversed(live)}
        self.by_dwelling = {each.dwelling_id: each for each in reversed(live)}
        ended = declarations.search(named & Domain("state", "=", "ceased"))
        self.ended = {each.registration_number: each for each in reversed(ended)}

    def find(self, number, values):
        """(dwelling, declaration of this number, declaration there, one that ended)"""
        dwelling = self.dwellings.get(get_place(values), self.nowhere)
        return (
            dwelling,
            self.by_number.get(number, self.nothing),
            self.by_dwelling.get(dwelling, self.nothing),
            self.ended.get(number, self.nothing),
        )


def get_place(values):
    """What tells one dwelling from another one, however its address is written."""
    return values["commune"].id, address_key(values["street"], values["street2"])


class LodgingImport(models.TransientModel):
    """The file of the national site, compared with the register, then entered (L324-1-1)."""

    _name = "lodging.import"
    _description = "Import of lodgings of the national site"

    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    line_ids = fields.One2many("lodging.import.line", "import_id", readonly=True)
    summary = fields.Char("What the file does", readonly=True)
    state = fields.Selection(
        [("file", "File"), ("read", "Compared"), ("done", "Entered")],
        default="file",
        required=True,
        readonly=True,
    )

    def write(self, vals):
        """Another file is compared first: what is entered is what was read."""
        result = super().write(vals)
        if "file" in vals:
            self.sudo().write({"state": "file", "summary": False, "line_ids": [Command.clear()]})
        return result

    def _check_importer(self):
        """Managers, and who works for a service that reads the lodgings.

        :raise AccessError: not this person
        """
        user = self.env.user
        if user.has_groups("territory_base.territory_group_manager,base.group_system"):
            return
        if not user.sudo().territory_service_ids.filtered("reads_lodgings"):
            raise AccessError(self.env._("Only a service that reads the lodgings does this."))

    def action_read(self):
        """Compare it with the register; nothing is written there."""
        self.ensure_one()
        self._check_importer()
        rows_sudo = self.sudo()._compare()
        self.sudo().write(
            {
                "state": "read",
                "summary": self._summarise(rows_sudo),
                "line_ids": [
                    Command.clear(),
                    *(Command.create(self._show(row)) for row in rows_sudo),
                ],
            }
        )
        return self._open()

    def action_enter(self):
        """Enter what is new or changed; the rest stays to be settled by hand."""
        self.ensure_one()
        self._check_importer()
        if self.state != "read":
            raise UserError(self.env._("Compare the file first."))
        # The register may have changed since it was compared.
        rows_sudo = self.sudo()._compare()
        for row_sudo in rows_sudo:
            self.sudo()._enter(row_sudo)
        self.sudo().write(
            {
                "state": "done",
                "summary": self._summarise(rows_sudo),
                "line_ids": [
                    Command.clear(),
                    *(Command.create(self._show(row)) for row in rows_sudo),
                ],
            }
        )
        return self._open()

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("File of the national site"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _show(self, row):
        return {name: getattr(row, name) for name in ("line", "number", "verdict", "sentence")}

    def _summarise(self, rows):
        labels = self.env["lodging.import.line"]._fields["verdict"]._description_selection(self.env)
        counts = [(label, sum(row.verdict == name for row in rows)) for name, label in labels]
        return ", ".join(f"{label}\xa0: {count}" for label, count in counts if count)

    # ------------------------------------------------------------
    # Reading. In superuser mode, after the check.
    # ------------------------------------------------------------

    def _read_file(self):
        """(number of the line, {column: text}) of each line.

        :raise UserError: the file as a whole cannot be read
        """
        words = {name: (name.replace("_", " "),) for name in (*REQUIRED, *OPTIONAL)}
        try:
            rows = read_rows(read_file(self.file), LINES_MAX)
            columns = find_columns(rows[0][1], words, REQUIRED)
        except UnreadableTable as error:
            raise UserError(get_unreadable_sentence(self.env, error)) from error
        return [
            (
                line,
                {name: " ".join(text.split()) for name, text in read_cells(cells, columns).items()},
            )
            for line, cells in rows[1:]
        ]

    def _compare(self):
        seen, places, communes, rows, read = {}, {}, {}, [], []
        for line, cells in self._read_file():
            number = "".join(cells.get("numero", "").split()).upper()
            try:
                if number in seen:
                    raise ValidationError(
                        self.env._("Same number as line %(line)s.", line=seen[number])
                    )
                seen[number] = line
                values = self._prepare(number, cells, communes)
                place = get_place(values)
                if place in places:
                    raise ValidationError(
                        self.env._("Same address as line %(line)s.", line=places[place])
                    )
                places[place] = line
            except ValidationError as error:
                rows.append(Row(line, number, "error", str(error)))
                continue
            read.append((line, number, values))
        register = Register(self.env, [values for _line, _number, values in read])
        rows += [self._judge(register, *each) for each in read]
        return [*sorted(rows, key=lambda row: row.line), *self._find_absent(seen)]

    def _find_absent(self, numbers):
        """Of the register, the numbers of the same communes that the file does not say."""
        communes = self.env["territory.commune"]
        for code in {number[:5] for number in numbers}:
            communes |= communes._find_by_insee(code)
        absent = self.env["lodging.declaration"].search(
            Domain("state", "=", "live")
            & Domain("commune_id", "in", communes.ids)
            & Domain("registration_number", "!=", False)
            & Domain("registration_number", "not in", list(numbers))
        )
        return [
            Row(0, each.registration_number, "absent", each.dwelling_id.display_name)
            for each in absent
        ]

    def _prepare(self, number, cells, communes):
        """The values of a declaration.

        :param communes: those that are known already, by the beginning of their numbers
        :raise ValidationError: what the line says cannot be read
        """
        code = number[:5]
        if code not in communes:
            communes[code] = self.env["territory.commune"]._find_by_insee(code)
        commune = communes[code]
        if find_problem(number):
            raise ValidationError(self.env._("No registration number of 13 characters."))
        if not commune:
            raise ValidationError(self.env._("This number is one of another territory."))
        for name in REQUIRED:
            if not cells.get(name):
                raise ValidationError(self.env._("Column “%(name)s” is empty.", name=name))
        service = commune.town_hall_id
        if not service:
            raise ValidationError(
                self.env._("%(commune)s has no town hall here.", commune=commune.name)
            )
        return {
            "kind": "furnished",
            "registration_number": number,
            "service_id": service.id,
            "street": cells["adresse"],
            "street2": cells.get("complement") or False,
            "commune": commune,
            "declarant_name": cells["declarant"],
            "declarant_email": cells.get("courriel") or False,
            "declarant_phone": cells.get("telephone") or False,
            "is_main_home": self._read_yes(cells.get("residence_principale", "")),
            "rooms": self._read_count(cells.get("chambres")),
            "beds": self._read_count(cells.get("lits")),
            "persons": self._read_count(cells.get("personnes")),
            "date_start": self._read_day(cells.get("date")),
        }

    def _read_yes(self, text):
        """None: the file does not say."""
        if not text:
            return None
        if text.lower() not in YES + NO:
            raise ValidationError(self.env._("“%(text)s” is neither yes nor no.", text=text))
        return text.lower() in YES

    def _read_count(self, text):
        if not text:
            return 0
        if not (text.isascii() and text.isdigit() and len(text) <= 4):
            raise ValidationError(self.env._("“%(text)s” is no number.", text=text))
        return int(text)

    def _read_day(self, text):
        today = clock.today()
        if not text:
            return today
        try:
            day = date.fromisoformat(
                "-".join(reversed(text.split("/"))) if "/" in text else text[:10]
            )
        except ValueError:
            raise ValidationError(self.env._("“%(text)s” is no date.", text=text)) from None
        if day > today:
            raise ValidationError(self.env._("“%(text)s” is to come.", text=text))
        return day

    # ------------------------------------------------------------
    # Comparing, entering. In superuser mode, after the check.
    # ------------------------------------------------------------

    def _judge(self, register, line, number, values):
        dwelling, known, there, ended = register.find(number, values)
        if known and known.dwelling_id != dwelling:
            sentence = self.env._(
                "We have this number at %(address)s.", address=known.dwelling_id.display_name
            )
            return Row(line, number, "conflict", sentence)
        if there and there.registration_number and there.registration_number != number:
            sentence = self.env._(
                "We have the number %(number)s at this address.", number=there.registration_number
            )
            return Row(line, number, "conflict", sentence)
        if known and known.declarant_name != values["declarant_name"] and known.declarant_id:
            sentence = self.env._(
                "%(name)s declared it here: is it somebody else now?", name=known.declarant_name
            )
            return Row(line, number, "conflict", sentence)
        if known:
            changed = self._get_changes(known, values)
            verdict = "changed" if changed else "same"
            return Row(line, number, verdict, self._say(known, changed), changed, known)
        if there:
            changed = {"registration_number": number}
            return Row(line, number, "completes", there.number, changed, there)
        if ended:
            day = ended.date_end.strftime("%d/%m/%Y")
            sentence = self.env._("We were told that it ended on %(day)s.", day=day)
            return Row(line, number, "conflict", sentence)
        return Row(line, number, "new", values["declarant_name"], values)

    def _get_changes(self, declaration, values):
        """What the file says otherwise; what it does not say stays. How one reaches who has an
        account is what she says there."""
        names = ["rooms", "beds", "persons"]
        if not declaration.declarant_id:
            names = ["declarant_name", "declarant_email", "declarant_phone", *names]
        changed = {
            name: values[name]
            for name in names
            if values[name] not in (False, 0, declaration[name])
        }
        if values["is_main_home"] not in (None, declaration.is_main_home):
            changed["is_main_home"] = values["is_main_home"]
        return changed

    def _say(self, declaration, changed):
        labels = declaration.fields_get(list(changed), ["string"])
        return ", ".join(
            f"{labels[name]['string']}\xa0: {self._word(declaration[name])} → {self._word(value)}"
            for name, value in changed.items()
        )

    def _word(self, value):
        if value is True:
            return self.env._("Yes")
        return value or "–"

    def _enter(self, row):
        if row.verdict in ("changed", "completes"):
            row.declaration.write(row.values)
        elif row.verdict == "new":
            self._create_declaration(dict(row.values))

    @api.model
    def _create_declaration(self, values):
        commune = values.pop("commune")
        values["is_main_home"] = bool(values["is_main_home"])
        dwelling = self.env["territory.dwelling"]._find_or_create(
            values.pop("street"), values.pop("street2"), commune
        )
        declarations = self.env["lodging.declaration"]
        declaration = declarations.create(
            {
                **values,
                "number": declarations._next_number(commune),
                "source": "import",
                "dwelling_id": dwelling.id,
            }
        )
        declaration._enter()
