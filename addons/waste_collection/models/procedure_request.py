from psycopg2.errors import UniqueViolation

from odoo import api, fields, models

from odoo.addons.procedure.exceptions import AnswersInvalid

from .procedure_request_container import TAKEN_BACK

# Who is new at an address asks for other things too.
NEWCOMER = ("arrival", "move")
# The replacement has the volume of the bin that it replaces.
REPLACED = ("broken", "stolen")

STAFF = (
    "territory_base.territory_group_agent,territory_base.territory_group_manager,base.group_system"
)


class ProcedureRequest(models.Model):
    _name = "procedure.request"
    _inherit = [
        "procedure.request",
        "procedure.request.container",
        "procedure.request.dwelling",
    ]

    waste_request = fields.Selection(
        [
            ("arrival", "Arrival"),
            ("size_change", "Other size"),
            ("broken", "Broken bin"),
            ("stolen", "Stolen bin"),
            ("move", "Move within the territory"),
            ("departure", "Departure"),
            ("other_premises", "Second home, company or association"),
        ],
        string="Bin request",
        compute="_compute_waste_request",
        store=True,
    )
    new_dwelling_id = fields.Many2one(
        "territory.dwelling",
        "New address",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=STAFF,
    )
    container_id = fields.Many2one(
        "waste.container",
        "Bin to take back or replaced",
        index="btree_not_null",
        groups=STAFF,
        help="Empty: the only bin known at this address, or the one whose number was given.",
    )
    no_container_back = fields.Boolean(
        "No bin to take back", groups=STAFF, help="A shared bin, or a household that never had one."
    )
    container_volume = fields.Integer(
        "Volume chosen (litres)", groups=STAFF, help="0: the volume proposed."
    )
    container_volume_proposed = fields.Integer(
        "Volume proposed (litres)", compute="_compute_container_volume_proposed", groups=STAFF
    )
    container_lack = fields.Char(
        "To choose before accepting", compute="_compute_container_lack", groups=STAFF
    )
    container_move_ids = fields.One2many(
        "waste.container.move", "request_id", "Deliveries and collections", groups=STAFF
    )
    dwelling_container_ids = fields.Many2many(
        "waste.container",
        compute="_compute_dwelling_history",
        string="Bins at this address",
        groups=STAFF,
    )
    dwelling_move_ids = fields.Many2many(
        "waste.container.move",
        compute="_compute_dwelling_history",
        string="History of the address",
        groups=STAFF,
    )
    dwelling_alert = fields.Char(
        "Address to check", compute="_compute_dwelling_alert", groups=STAFF
    )
    is_asked_by_stranger = fields.Boolean(
        "Asked by somebody unknown at this address",
        compute="_compute_dwelling_alert",
        groups=STAFF,
    )
    leaving_reason = fields.Char(
        "Why the bin may leave this address",
        groups=STAFF,
        help="Asked when the applicant is not known at this address. It stays in the history.",
    )
    container_live_key = fields.Char(
        "Address and applicant",
        compute="_compute_container_live_key",
        store=True,
        groups=fields.NO_ACCESS,
    )

    _container_live_uniq = models.UniqueIndex(
        "(container_live_key)", "A bin request is already being handled at this address."
    )
    _container_volume_positive = models.Constraint(
        "CHECK(container_volume >= 0)", "A volume is not negative."
    )

    @api.depends("kind", "answers")
    def _compute_waste_request(self):
        """A choice that an administrator added to the form does nothing to the bins."""
        known = dict(self._fields["waste_request"].selection)
        for request in self:
            answer = (request.answers or {}).get("waste_request")
            is_known = request.kind == "waste_container" and answer in known
            request.waste_request = answer if is_known else False

    @api.depends("waste_request", "answers", "container_id", "dwelling_id")
    def _compute_container_volume_proposed(self):
        """By the rule, or the volume of the bin that is replaced."""
        rules = self.env["waste.container.rule"]
        for request in self:
            if request.waste_request in REPLACED:
                request.container_volume_proposed = request._find_container().volume
                continue
            persons = request._get_container_persons()
            request.container_volume_proposed = (
                rules._volume_for(request._get_dwelling_kind(), persons) if persons else 0
            )

    @api.depends(
        "state",
        "waste_request",
        "container_id",
        "container_volume",
        "container_volume_proposed",
        "no_container_back",
        "leaving_reason",
        "container_move_ids.state",
    )
    @api.depends_context("lang")
    def _compute_container_lack(self):
        """What acceptance would refuse, said where it is chosen and before anything is typed."""
        for request in self:
            is_open = request.waste_request and request.state in request._get_open_states()
            request.container_lack = is_open and " ".join(request._get_container_problems())

    @api.depends("dwelling_id", "new_dwelling_id")
    def _compute_dwelling_history(self):
        dwellings = self.dwelling_id | self.new_dwelling_id
        containers = self.env["waste.container"].search([("dwelling_id", "in", dwellings.ids)])
        moves = self.env["waste.container.move"].search([("dwelling_id", "in", dwellings.ids)])
        for request in self:
            addresses = request.dwelling_id | request.new_dwelling_id
            request.dwelling_container_ids = containers.filtered(
                lambda container, addresses=addresses: container.dwelling_id in addresses
            )
            request.dwelling_move_ids = moves.filtered(
                lambda move, addresses=addresses: move.dwelling_id in addresses
            )

    @api.depends(
        "dwelling_id",
        "new_dwelling_id",
        "waste_request",
        "state",
        "no_container_back",
        "leaving_reason",
        "household_id",
        "acting_for_id",
    )
    @api.depends_context("lang", "uid")
    def _compute_dwelling_alert(self):
        """Two requests at one address are both legitimate; the agent must see it on each. So must
        she that a bin would leave an address where the applicant is not known."""
        dwellings = self.dwelling_id | self.new_dwelling_id
        live_sudo = self.sudo().search(
            [
                ("container_live_key", "!=", False),
                "|",
                ("dwelling_id", "in", dwellings.ids),
                ("new_dwelling_id", "in", dwellings.ids),
            ],
            order="id",
        )
        live = live_sudo.sudo(False)._filtered_access("read")
        kinds = dict(self._fields["waste_request"]._description_selection(self.env))
        strangers = self._filtered_stranger()
        for request in self:
            addresses = request.dwelling_id | request.new_dwelling_id
            others = (live - request).filtered(
                lambda other, addresses=addresses: (
                    (other.dwelling_id | other.new_dwelling_id) & addresses
                )
            )
            request.is_asked_by_stranger = request in strangers
            sentences = []
            if request in live and others:
                listed = (f"{other.number} ({kinds[other.waste_request]})" for other in others)
                sentences.append(
                    self.env._(
                        "Other request at this address: %(requests)s", requests=", ".join(listed)
                    )
                )
            if request in strangers and request.state in request._get_open_states():
                sentences.append(request._get_stranger_sentence())
            request.dwelling_alert = " – ".join(sentences) or False

    @api.depends(
        "state",
        "waste_request",
        "dwelling_id",
        "applicant_id",
        "acting_for_id",
        "contact_email",
        "container_move_ids.state",
    )
    def _compute_container_live_key(self):
        """One request at a time by dwelling and applicant, held by the database."""
        for request in self:
            live = request.state in request._get_open_states() or (
                request.state in ("accepted", "accepted_conditionally")
                and "todo" in request.container_move_ids.mapped("state")
            )
            request.container_live_key = (
                request._get_container_key()
                if live and request.waste_request and request.dwelling_id
                else False
            )

    @api.model
    def _get_free_fields(self):
        return super()._get_free_fields() | {
            "container_id",
            "container_volume",
            "no_container_back",
            "leaving_reason",
        }

    @api.model
    def _get_personal_fields(self):
        names = super()._get_personal_fields()
        return [*names, "new_dwelling_id", "leaving_reason", "container_id"]

    def _filter_unfinished(self):
        """Until the bin is there, or back: the round needs the name and the telephone."""
        to_do = self.container_move_ids.filtered(lambda move: move.state == "todo")
        return super()._filter_unfinished() | to_do.request_id

    # ------------------------------------------------------------
    # Filing
    # ------------------------------------------------------------

    @api.model
    def _prepare_place(self, vals):
        """The address of the form is the dwelling: a household may ask for another one."""
        place = super()._prepare_place(vals)
        procedure = self.env["procedure.procedure"].browse(vals["procedure_id"])
        if procedure.kind == "waste_container":
            for name, key in (("dwelling_id", "address"), ("new_dwelling_id", "new_address")):
                address = vals["answers"].get(key)
                place[name] = self.env["territory.dwelling"]._find_or_create_at(address).id
        return place

    @api.model
    def _get_error_sentences(self, types, problems):
        sentences = super()._get_error_sentences(types, problems)
        if "waste_request" in types:
            # Who moves away gives a bin back: another choice at the top of the form.
            leave = self.env._("If you leave the territory, choose above to give your bin back.")
            for key, problem in problems.items():
                if key.startswith("new_address") and problem.code == "not_a_commune":
                    sentences[key] += f" {leave}"
        return sentences

    def _check_filing(self):
        errors = super()._check_filing()
        if self.kind == "waste_container":
            errors.update(self._check_container_filing())
        return errors

    def _check_container_filing(self):
        outside = self.env._("This address is outside the territory: we deliver no bin there.")
        errors = {}
        if not self.dwelling_id:
            errors["address"] = outside
        if self.waste_request == "move" and not self.new_dwelling_id:
            errors["new_address"] = outside
        errors.update(self._check_container_days())
        if errors:
            return errors
        twin = self.env["procedure.request"].search(
            [("container_live_key", "=", self._get_container_key())], limit=1
        )
        if twin:
            errors[AnswersInvalid.FORM] = self._get_twin_sentence(twin)
        return errors

    def _get_container_key(self):
        """The address and who asks for it: another person's request at this address never
        stops this one, nor shows."""
        self.ensure_one()
        who = self.acting_for_id.id or self.applicant_id.id or self.contact_email
        who = who or f"{self.contact_firstname} {self.contact_lastname}"
        return f"{self.dwelling_id.id} {str(who).casefold()}"

    @api.model
    def _get_twin_sentence(self, twin):
        if not twin.number:
            return self.env._("A bin request is already being handled at this address.")
        return self.env._(
            "A bin request is already being handled at this address, no. %(number)s: follow it, or "
            "call us at %(phone)s for another bin.",
            number=twin.number,
            phone=twin.sudo().service_id.phone or self.env.company.sudo().phone or "",
        )

    @api.model
    def _submit(self, filing):
        """Two filings at the same moment do not see each other: the database keeps one."""
        try:
            with self.env.cr.savepoint():
                return super()._submit(filing)
        except UniqueViolation as error:
            if error.diag.constraint_name != "procedure_request_container_live_uniq":
                raise
            raise AnswersInvalid({AnswersInvalid.FORM: self._get_twin_sentence(self)}) from error

    def _on_submitted(self):
        for request in self.filtered(
            lambda request: request.waste_request in REPLACED + TAKEN_BACK
        ):
            request.container_id = request._find_container()
        return super()._on_submitted()

    # ------------------------------------------------------------
    # Effects of the decision
    # ------------------------------------------------------------

    def _check_transition(self, name):
        """Before the decision is written and its mail made: nothing is half done."""
        if name in ("accept", "accept_conditionally") and self.kind == "waste_container":
            self._check_container()
        return super()._check_transition(name)

    def _on_accepted(self):
        for request in self.filtered(lambda request: request.kind == "waste_container"):
            request._order_container()
        return super()._on_accepted()

    def _on_reopened(self):
        """What has not left yet waits for the new decision."""
        self.container_move_ids._cancel()
        return super()._on_reopened()

    def action_open_reason(self):
        """Nobody writes an acceptance that cannot be sent."""
        if self.env.context.get("reason_action") == "accept" and self.waste_request:
            self._check_container()
        return super().action_open_reason()

    # ------------------------------------------------------------
    # The desk
    # ------------------------------------------------------------

    def _get_short_name(self):
        """What is done to the bin says more than “a bin”."""
        self.ensure_one()
        names = {
            "arrival": self.env._("First bin"),
            "size_change": self.env._("Bin of another size"),
            "broken": self.env._("Broken bin"),
            "stolen": self.env._("Stolen bin"),
            "move": self.env._("Bin that moves"),
            "departure": self.env._("Bin to give back"),
            "other_premises": self.env._("Bin of other premises"),
        }
        return names.get(self.waste_request) or super()._get_short_name()

    def _get_suggested_procedures(self):
        """Who arrives has other things to do than a bin: what newcomers are told of, open now."""
        suggested_sudo = super()._get_suggested_procedures()
        accepted = self.state in ("accepted", "accepted_conditionally")
        if not accepted or self.waste_request not in NEWCOMER:
            return suggested_sudo
        newcomer = self.env.ref("territory_base.territory_audience_newcomer")
        request_sudo = self.sudo()
        home_sudo = request_sudo.new_dwelling_id or request_sudo.dwelling_id
        found_sudo = suggested_sudo.search(
            [
                ("state", "=", "published"),
                ("audience_ids", "in", newcomer.ids),
                ("id", "!=", self.procedure_id.id),
                # Without communes, it concerns them all.
                "|",
                ("commune_ids", "=", False),
                ("commune_ids", "in", home_sudo.commune_id.ids),
            ],
            order="name",
        )
        return suggested_sudo | found_sudo.filtered(lambda procedure: procedure._is_open())

    # ------------------------------------------------------------
    # The round
    # ------------------------------------------------------------

    def _get_step_words(self, step):
        is_bin = self.kind == "waste_container" and step.container_stage
        words = is_bin and self._get_container_step_words(step.container_stage)
        return words or super()._get_step_words(step)

    def _status_sentence(self):
        """After the answer, the day of the bin is what the inhabitant wants to read."""
        sentence = super()._status_sentence()
        if self.state not in ("accepted", "accepted_conditionally"):
            return sentence
        return " ".join([sentence, *self._get_container_days()])

    def _get_decided_facts(self, kind=None):
        facts = super()._get_decided_facts(kind)
        return [*facts, *self._get_container_facts(kind)] if self.waste_request else facts

    def _get_todo_sentences(self, kind=None):
        """The day of the bin, or that it is told later."""
        sentences = super()._get_todo_sentences(kind)
        if not self.waste_request or not self.env["procedure.decision"]._get_facts(kind).gives:
            return sentences
        return [*sentences, *self._get_container_days(self.sudo()._get_moves_to_order())]
