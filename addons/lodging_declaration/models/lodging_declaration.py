from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import date_utils

from odoo.addons.territory_base import clock

from ..numbers import find_problem

# Those of the declarant: erased three years after the end of the activity.
PERSONAL = (
    "declarant_name",
    "declarant_email",
    "declarant_phone",
    "declarant_address",
    "declarant_siret",
)
KEPT_MONTHS = 36
# What another form of the same lodging says, when this one does not ask it.
CARRIED = ("is_main_home", "rooms", "beds", "persons", "ranking", "periods", "wants_directory")
IN_FORCE = ("live", "to_check")


class LodgingDeclaration(models.Model):
    """A declaration of a lodging to the mayor: a row of the register of its commune.

    One is in force by dwelling and kind of lodging; any change is a new declaration, and the
    former one is kept (code du tourisme, L324-1-1, L324-4, D324-1-1, D324-15). Written by what is
    filed and by its buttons only.
    """

    _name = "lodging.declaration"
    _description = "Lodging declaration"
    _order = "date_start desc, id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "registration_number", "declarant_name", "dwelling_id.street"]

    number = fields.Char("Receipt", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("furnished", "Furnished lodging"),
            ("guest_rooms", "Guest rooms"),
            ("other", "Other lodging"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    other_kind = fields.Char("Which lodging", readonly=True)
    source = fields.Selection(
        [
            ("form", "Our form"),
            ("national", "Number of the national site"),
            ("import", "File of the national site"),
        ],
        "Comes from",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("live", "In force"),
            ("to_check", "Another one is in force"),
            ("replaced", "Replaced"),
            ("ceased", "Ceased"),
            ("withdrawn", "Taken back"),
        ],
        required=True,
        readonly=True,
        default="to_check",
        index=True,
    )
    request_id = fields.Many2one(
        "procedure.request", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    service_id = fields.Many2one(
        "territory.service", "Town hall", required=True, readonly=True, index=True
    )
    dwelling_id = fields.Many2one(
        "territory.dwelling", required=True, readonly=True, index=True, ondelete="restrict"
    )
    commune_id = fields.Many2one(
        related="dwelling_id.commune_id", store=True, index=True, ondelete="restrict"
    )
    registration_number = fields.Char("Registration number", readonly=True, index="btree_not_null")
    declarant_id = fields.Many2one(
        "res.partner",
        "Account of the declarant",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=fields.NO_ACCESS,
    )
    declarant_name = fields.Char("Declarant", readonly=True)
    declarant_email = fields.Char("E-mail", readonly=True)
    declarant_phone = fields.Char("Phone", readonly=True)
    declarant_address = fields.Char("Home address", readonly=True)
    declarant_siret = fields.Char("SIREN or SIRET", readonly=True)
    is_main_home = fields.Boolean(
        "Main home", readonly=True, help="Let at most 120 days a year (L324-1-1, IV)."
    )
    rooms = fields.Integer(readonly=True)
    beds = fields.Integer(readonly=True)
    persons = fields.Integer("Persons at most", readonly=True)
    ranking = fields.Char(
        "Classification", readonly=True, help="Stars or label, and their date, as declared."
    )
    periods = fields.Text("Expected periods", readonly=True)
    wants_directory = fields.Boolean("Wants to be in the directory", readonly=True)
    date_start = fields.Date("Declared on", required=True, readonly=True)
    date_checked = fields.Date("Checked on", readonly=True)
    date_end = fields.Date("Until", readonly=True)
    replaced_by_id = fields.Many2one(
        "lodging.declaration", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    other_id = fields.Many2one(
        "lodging.declaration", "The one in force", compute="_compute_other_id"
    )

    _number_uniq = models.Constraint("UNIQUE(number)", "This receipt was given already.")
    _live_uniq = models.UniqueIndex(
        "(dwelling_id, kind, COALESCE(other_kind, '')) WHERE state = 'live'",
        "A declaration is in force for this lodging already.",
    )
    _registration_uniq = models.UniqueIndex(
        "(registration_number) WHERE state = 'live' AND registration_number IS NOT NULL",
        "This registration number is in force for another lodging.",
    )
    _dates_ordered = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)", "It ends before it begins."
    )

    @api.depends("state", "dwelling_id", "kind")
    def _compute_other_id(self):
        for declaration in self:
            is_waiting = declaration.state == "to_check"
            declaration.other_id = is_waiting and declaration._find_other()

    @api.constrains("registration_number")
    def _check_registration_number(self):
        for declaration in self.filtered("registration_number"):
            if find_problem(declaration.registration_number):
                raise ValidationError(
                    self.env._(
                        "“%(number)s” is not a registration number: 5 characters of the commune, "
                        "6 digits, 2 letters or digits.",
                        number=declaration.registration_number,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_machine()
        return super().create(vals_list)

    def write(self, vals):
        self._check_machine()
        return super().write(vals)

    def _check_machine(self):
        if not self.env.su:
            raise AccessError(
                self.env._("The register changes by declarations and its buttons only.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        """The register of the commune is a public archive."""
        raise AccessError(self.env._("A declaration is kept: it is never deleted."))

    def copy_data(self, default=None):
        raise AccessError(self.env._("A declaration is made by filing it only."))

    # ------------------------------------------------------------
    # One in force by lodging. All in superuser mode, after the checks.
    # ------------------------------------------------------------

    @api.model
    def _next_number(self, commune):
        """By commune and year: each town hall has its own register."""
        year = clock.today().year
        prefix = f"H{commune.insee_code}-{year}"
        return f"{prefix}-{self.env['procedure.counter']._next(prefix):03}"

    def _find_live(self):
        """The declaration in force for this lodging, but this one."""
        self.ensure_one()
        return self.search(
            Domain("dwelling_id", "=", self.dwelling_id.id)
            & Domain("kind", "=", self.kind)
            & Domain("other_kind", "=", self.other_kind or False)
            & Domain("state", "=", "live")
            & Domain("id", "not in", self.ids),
            limit=1,
        )

    def _enter(self):
        """It is filed: in force at once, in the place of the former one of the same declarant.

        That of somebody else stays until the town hall has looked: nobody ends another one's
        declaration by typing her address. Nor her number, which her advertisement shows: it waits
        whatever the address, so that no answer tells where that lodging is.
        """
        for declaration in self:
            former = declaration._find_live()
            is_free = not former or declaration._is_by_the_same(former)
            if is_free and not declaration._find_same_number():
                declaration._go_live(former)

    def _is_by_the_same(self, former):
        """An account or an organisation proves it; an e-mail that was typed does not."""
        return bool(self.declarant_id) and self.declarant_id == former.declarant_id

    def _go_live(self, former):
        """:param former: what it replaces, or nothing"""
        self._check_number_free()
        former._end("replaced")
        former.replaced_by_id = self
        if self._is_by_the_same(former):
            self._take_over(former)
        # The index holds one: the former one is written first.
        self.env.flush_all()
        self.write({"state": "live", "date_end": False})
        try:
            with self.env.cr.savepoint():
                self.flush_recordset()
        except UniqueViolation as error:
            # Declared twice at the same moment: Odoo runs the call again.
            raise ConcurrencyError from error

    def _find_same_number(self):
        """The declaration in force of another lodging that has its number."""
        if not self.registration_number:
            return self.browse()
        return self.search(
            Domain("registration_number", "=", self.registration_number)
            & Domain("state", "=", "live")
            & Domain("dwelling_id", "!=", self.dwelling_id.id),
            limit=1,
        )

    def _find_other(self):
        """What it waits for: the one in force for this lodging, or of its number."""
        return self._find_live() or self._find_same_number()

    def _check_number_free(self):
        """:raise UserError: its number is in force for another lodging"""
        other = self._find_same_number()
        if other:
            raise UserError(
                self.env._(
                    "The number %(number)s is in force at %(address)s.",
                    number=self.registration_number,
                    address=other.dwelling_id.display_name,
                )
            )

    def _take_over(self, former):
        """What its own form does not ask stays as it was declared: the number of the national
        site comes without the rooms."""
        if self.source != "national":
            return
        carried = {name: former[name] for name in CARRIED if not self[name]}
        # Of this one "no" is an answer: it takes her consent back.
        if (self.request_id.answers or {}).get("lodging_directory") is False:
            carried.pop("wants_directory", None)
        self.write(carried)

    def _end(self, state):
        today = clock.today()
        for declaration in self.filtered(lambda each: each.state in IN_FORCE):
            end = max(today, declaration.date_start)
            declaration.write({"state": state, "date_end": end})

    def _take_back(self):
        """It was a mistake: what it had replaced is in force again, unless another one is."""
        for declaration in self:
            declaration._end("withdrawn")
            if declaration.state == "replaced":
                # Nothing brings it back any more; what it had replaced, its successor has.
                former = self.search([("replaced_by_id", "=", declaration.id)])
                former.replaced_by_id = declaration.replaced_by_id
                declaration.write({"state": "withdrawn", "replaced_by_id": False})
            declaration._give_back()

    def _give_back(self):
        """What it had replaced is in force again, unless another one is."""
        former = self._find_replaced()
        if former and not former._find_other():
            former.write({"state": "live", "date_end": False, "replaced_by_id": False})

    def _find_replaced(self):
        """The last one whose place it took."""
        replaced = [("replaced_by_id", "=", self.id), ("state", "=", "replaced")]
        return self.search(replaced, order="id desc", limit=1)

    def _move_to(self, dwelling, service):
        """The address was wrong: it is the declaration of another lodging."""
        self.ensure_one()
        self.write({"state": "to_check", "dwelling_id": dwelling.id, "service_id": service.id})
        self.env.flush_all()
        self._give_back()
        self._enter()

    def _correct(self, vals):
        """What its declarant typed again: a number that is in force for another lodging waits."""
        self.ensure_one()
        if vals.get("registration_number", self.registration_number) != self.registration_number:
            self.write({"state": "to_check"})
        self.write(vals)
        if self.state == "to_check":
            self._enter()

    def _put_back(self):
        """Its request is reopened: in force again, unless another one is by now."""
        for declaration in self.filtered(lambda each: each.state in ("ceased", "withdrawn")):
            other = declaration._find_live()
            if not other:
                declaration.write({"state": "to_check", "date_end": False})
                declaration._enter()
            elif declaration._is_by_the_same(other):
                declaration.write({"state": "replaced", "replaced_by_id": other.id})
            else:
                declaration.write({"state": "to_check", "date_end": False})

    def _forget_declarant(self):
        self.write({"declarant_id": False, "periods": False, **dict.fromkeys(PERSONAL, False)})

    @api.autovacuum
    def _gc_declarants(self):
        """Those of the file of the national site have no request whose end would forget them."""
        last = date_utils.subtract(clock.today(), months=KEPT_MONTHS)
        ended = self.search(
            Domain("request_id", "=", False)
            & Domain("date_end", "<", last)
            & Domain("declarant_name", "!=", False)
        )
        ended._forget_declarant()

    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        what = self.env._("Declarants of the lodgings of the national file")
        return [(what, self.env._("3 years after the end of the activity"))]

    # ------------------------------------------------------------
    # Buttons of the town hall
    # ------------------------------------------------------------

    def _check_town_hall(self):
        """Who answers for the register of this commune.

        :raise AccessError: not this person
        """
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        if user.has_groups("territory_base.territory_group_manager,base.group_system"):
            return
        services_sudo = user.sudo().territory_service_ids
        halls_sudo = services_sudo.filtered(lambda service: service.kind == "town_hall")
        is_its_own = self.sudo().service_id in services_sudo
        if not is_its_own and self.commune_id not in halls_sudo.commune_ids:
            raise AccessError(self.env._("Only the town hall of this commune does this."))

    def action_replace(self):
        """The lodging changed hands, or it is the same declarant: this one is in force."""
        self._check_town_hall()
        declaration_sudo = self.sudo()
        if declaration_sudo.state != "to_check":
            raise UserError(self.env._("This declaration does not wait any more."))
        former_sudo = declaration_sudo._find_live()
        declaration_sudo._go_live(former_sudo)
        if former_sudo.request_id and not declaration_sudo._is_by_the_same(former_sudo):
            former_sudo.request_id._tell_applicant("lodging_declaration.mail_ended")

    def action_leave_other(self):
        """The one in force there is right; this one, of the national file, is put aside."""
        self._check_town_hall()
        declaration_sudo = self.sudo()
        if declaration_sudo.state != "to_check":
            raise UserError(self.env._("This declaration does not wait any more."))
        if declaration_sudo.request_id:
            raise UserError(
                self.env._("Close its request without a decision: its declarant is told why.")
            )
        declaration_sudo._end("withdrawn")

    def action_cease(self):
        """Told by phone or by letter: the lodging is let no more."""
        self._check_town_hall()
        declaration_sudo = self.sudo()
        if declaration_sudo.state not in IN_FORCE:
            raise UserError(self.env._("This declaration is not in force any more."))
        if self.request_id:
            self.request_id._run_transition("lodging_cease_entered")
        else:
            declaration_sudo._end("ceased")

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def _get_kind_words(self):
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.other_kind or kinds[self.kind]

    def _get_facts(self):
        """(label, text) of what was declared, as the receipt and the page of the applicant say."""
        self.ensure_one()
        number = self.registration_number or ""
        replaced = self.search([("replaced_by_id", "=", self.id)], limit=1)
        is_hers = replaced and self._is_by_the_same(replaced)
        facts = [
            (self.env._("Takes the place of"), is_hers and replaced.number),
            (self.env._("Lodging"), self._get_kind_words()),
            (self.env._("Address of the lodging"), self.dwelling_id.display_name),
            (
                self.env._("Registration number"),
                number and f"{number[:5]}\xa0{number[5:11]}\xa0{number[11:]}",
            ),
            (self.env._("Main home"), self.is_main_home and self.env._("Yes")),
            (self.env._("Rooms"), self.rooms),
            (self.env._("Beds"), self.beds),
            (self.env._("Persons at most"), self.persons),
            (self.env._("Classification"), self.ranking),
            (self.env._("Expected periods"), self.periods),
        ]
        return [(label, str(value)) for label, value in facts if value]

    def _get_receipt_sentence(self):
        self.ensure_one()
        return self.env._(
            "We received your declaration on %(day)s: this receipt, number %(number)s, is the "
            "proof of it.",
            day=self.date_start.strftime("%d/%m/%Y"),
            number=self.number,
        )

    def _get_state_words(self):
        """What the declarant reads; never who declared the same lodging."""
        self.ensure_one()
        day = self.date_end and self.date_end.strftime("%d/%m/%Y")
        if self.state == "live":
            return self.env._("In force.")
        if self.state == "to_check":
            return self.env._("Received. The town hall checks the address.")
        if self.state == "ceased":
            return self.env._("You stopped letting on %(day)s.", day=day)
        if self.state == "replaced" and self._is_by_the_same(self.replaced_by_id):
            return self.env._("Replaced by your new declaration on %(day)s.", day=day)
        return self.env._("Ended on %(day)s.", day=day)
