import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.territory_base import clock


class ProcedureProcedureFiling(models.AbstractModel):
    """Who may file, when, for which season, and how many times."""

    _name = "procedure.procedure.filing"
    _description = "Filing rules of a procedure"

    applicant_kinds = fields.Selection(
        [
            ("any", "Anybody"),
            ("person", "Residents"),
            ("organisation", "Companies and associations"),
            ("child", "Parents, for a child"),
        ],
        default="any",
        required=True,
        string="Who may ask",
        help="A child is proposed only by a procedure for parents; an organisation, by one for "
        "anybody or for organisations.",
    )
    date_open = fields.Date(
        string="Opens on", help="Before this day, the page tells when it opens. Empty: open."
    )
    date_close = fields.Date(
        string="Closes on", help="Last day on which a request may be filed. Empty: never closes."
    )
    season_kind = fields.Selection(
        [
            ("none", "No season"),
            ("school_year", "School year"),
            ("calendar_year", "Calendar year"),
        ],
        default="none",
        required=True,
        string="Season",
        help="Each request is kept under its season: lists, exports and the maximum per household "
        "count season by season.",
    )
    season_start_month = fields.Selection(
        [
            ("1", "January"),
            ("2", "February"),
            ("3", "March"),
            ("4", "April"),
            ("5", "May"),
            ("6", "June"),
            ("7", "July"),
            ("8", "August"),
            ("9", "September"),
            ("10", "October"),
            ("11", "November"),
            ("12", "December"),
        ],
        default="9",
        required=True,
        string="Counts for the next school year from",
        help="March, for instance: from March 2027, requests count for 2027-2028.",
    )
    season = fields.Char(
        string="Season, as decided",
        copy=False,
        help="Takes the place of the season worked out from the day. To be changed each year. "
        "Empty: worked out by itself.",
    )
    season_now = fields.Char(
        string="Season of the requests of today", compute="_compute_season_now"
    )
    max_per_household = fields.Integer(
        string="Maximum per household",
        help="0: no limit. Without season, counts the requests in progress; with a season, those "
        "of the season, except refused, dropped and cancelled ones.",
    )

    max_requests = fields.Integer(
        string="Maximum in all",
        help="0: no limit. With a season, counted season by season. A request that is refused, "
        "dropped or cancelled gives its place back.",
    )

    _max_requests_positive = models.Constraint(
        "CHECK(max_requests >= 0)",
        "The maximum of requests cannot be negative. Write 0 for no limit.",
    )
    _max_per_household_positive = models.Constraint(
        "CHECK(max_per_household >= 0)",
        "The maximum per household cannot be negative. Write 0 for no limit.",
    )

    @api.depends("season_kind", "season_start_month", "season")
    def _compute_season_now(self):
        for procedure in self:
            procedure.season_now = procedure._get_season()

    @api.constrains("date_open", "date_close")
    def _check_dates(self):
        for procedure in self:
            if procedure.date_open and procedure.date_close:
                if procedure.date_close < procedure.date_open:
                    raise ValidationError(self.env._("A procedure cannot close before it opens."))

    @api.constrains("season_kind", "season")
    def _check_season(self):
        for procedure in self.filtered("season"):
            season = procedure.season
            if procedure.season_kind == "none":
                raise ValidationError(
                    self.env._(
                        "This procedure has no season: choose one, or empty “%(field)s”.",
                        field=procedure._get_field_label("season"),
                    )
                )
            if procedure.season_kind == "calendar_year":
                if not re.fullmatch(r"20\d\d", season):
                    raise ValidationError(
                        self.env._(
                            "“%(season)s” is not a year. Write it like this: 2027.", season=season
                        )
                    )
            else:
                years = re.fullmatch(r"(20\d\d)-(20\d\d)", season)
                if not years or int(years[2]) != int(years[1]) + 1:
                    raise ValidationError(
                        self.env._(
                            "“%(season)s” is not a school year. Write it like this: 2026-2027.",
                            season=season,
                        )
                    )

    def _get_season(self, day=None):
        """The season of a request filed on this day (today by default)."""
        self.ensure_one()
        if self.season_kind == "none":
            return False
        if self.season:
            return self.season
        day = day or clock.today()
        if self.season_kind == "calendar_year":
            return str(day.year)
        first = day.year if day.month >= int(self.season_start_month) else day.year - 1
        return f"{first}-{first + 1}"

    def _get_opening(self, day=None):
        """Where the dates stand on this day (today by default): "open", "before" or "after"."""
        self.ensure_one()
        day = day or clock.today()
        if self.date_open and day < self.date_open:
            return "before"
        if self.date_close and day > self.date_close:
            return "after"
        return "open"

    def _is_open(self, day=None):
        """Whether a request received on this day (today by default) may be filed."""
        self.ensure_one()
        return (
            self.state == "published"
            and self.kind != "external"
            and bool(self.version_id)
            and self._get_opening(day) == "open"
        )

    def _is_full_for(self, household, season):
        """Whether this household has filed all that it may.

        Who files for the same household meanwhile waits until this transaction ends; then she
        counts what it left, which her own snapshot, older than the wait, does not show.
        """
        self.ensure_one()
        if not self.max_per_household or not household:
            return False
        guard = self.env["public.guard"]
        guard._take_turn("procedure.household", f"{self.id} {household._origin.id}")
        domain = [*self._get_taken_domain(season), ("household_id", "=", household.id)]
        if not season:
            domain.append(("state", "!=", "closed"))
        limit = self.max_per_household
        Request = self.env["procedure.request"]
        if Request.search_count(domain, limit=limit) >= limit:
            return True
        with guard._own_cursor() as cr:
            return Request.with_env(self.env(cr=cr)).search_count(domain, limit=limit) >= limit

    def _get_taken_domain(self, season):
        """The requests that hold a place. Closed, they still do, unless closed without a
        favourable answer."""
        given = self.env["procedure.decision"]._get_kinds_that("gives")
        return [
            ("procedure_id", "=", self.id),
            ("season", "=", season),
            ("state", "not in", ("draft", "refused", "dropped", "cancelled")),
            "|",
            ("state", "!=", "closed"),
            ("decision_ids", "any", [("active", "=", True), ("kind", "in", given)]),
        ]

    def _get_places_left(self, season, env=None):
        """How many more requests it takes, all applicants together; None without maximum.

        In superuser mode: a number, nothing of the requests.
        """
        self.ensure_one()
        if not self.max_requests:
            return None
        Request_sudo = self.env["procedure.request"].with_env(env or self.env).sudo()
        taken = Request_sudo.search_count(self._get_taken_domain(season), limit=self.max_requests)
        return self.max_requests - taken

    def _is_full(self, season=None):
        """Whether all places are taken (today's season by default), as far as this transaction
        sees: enough to tell somebody, not to give the last place."""
        season = self._get_season() if season is None else season
        return self._get_places_left(season) == 0

    def _take_place(self, season):
        """Whether there is a place for the request being filed, which then is its own.

        Who files meanwhile waits until this transaction ends, then counts what it left.
        """
        self.ensure_one()
        if not self.max_requests:
            return True
        guard = self.env["public.guard"]
        guard._take_turn("procedure.places", f"{self.id} {season}")
        if self._is_full(season):
            return False
        with guard._own_cursor() as cr:
            return bool(self._get_places_left(season, self.env(cr=cr)))

    def _get_places_sentence(self, left):
        self.ensure_one()
        return self.env._("%(left)s of %(count)s", left=left, count=self.max_requests)

    def _get_no_place_sentence(self, season=None):
        self.ensure_one()
        season = self._get_season() if season is None else season
        params = {"count": self.max_requests, "season": season}
        if season:
            return self.env._(
                "All the places are taken: %(count)s for %(season)s. One may come free: call us.",
                **params,
            )
        return self.env._(
            "All the places are taken: %(count)s. One may come free: call us.", **params
        )

    # ------------------------------------------------------------
    # First answers
    # ------------------------------------------------------------

    def _get_prefill(self, partner, chosen=None):
        """Raw values by input name, from what the account knows of this person and of the one for
        whom she asks.

        :param partner: who asks; empty for a visitor, of whom nothing is known
        :param chosen: the child, or the organisation, for whom she does it today
        """
        self.ensure_one()
        raw = {}
        known = self._get_prefill_values(partner, chosen) if partner else {}
        for field in self.version_id.field_ids:
            value = known.get(field.prefill)
            if not value:
                continue
            if isinstance(value, dict) != bool(field._get_type().parts):
                continue
            # Of a list, what this form proposes: its choices are its own.
            if field._get_type().has_options and value not in field.option_ids.mapped("value"):
                continue
            if isinstance(value, dict):
                raw.update({f"{field.key}.{part}": text for part, text in value.items()})
            else:
                raw[field.key] = value
        return raw

    def _get_prefill_values(self, partner, chosen=None):
        """What is known, by the codes of `procedure.field.prefill`: raw values.

        When a form is begun, and when another person is chosen. The caller has checked that she
        may ask for the person chosen; what a service addon adds is read in superuser mode.

        :param partner: who asks
        :param chosen: the child, or the organisation, for whom she does it today
        """
        partner_sudo, chosen_sudo = partner.sudo(), (chosen or partner.browse()).sudo()
        organisation_sudo = chosen_sudo.filtered(lambda each: each.kind != "person")
        child_sudo = chosen_sudo - organisation_sudo - partner_sudo
        occupant_sudo = organisation_sudo or partner_sudo
        dwelling_sudo = occupant_sudo._current_dwelling()
        home = dwelling_sudo or occupant_sudo
        commune_sudo = dwelling_sudo.commune_id or occupant_sudo.commune_id
        household_sudo = not organisation_sudo and partner_sudo._current_household()
        members = household_sudo.member_ids.filtered("is_current") if household_sudo else []
        return {
            **self._get_identity_values(partner_sudo),
            **{
                f"child_{code}": value
                for code, value in self._get_identity_values(child_sudo).items()
            },
            **self._get_organisation_values(organisation_sudo),
            "email": partner_sudo.email,
            "phone": partner_sudo.phone,
            "street": home.street,
            "commune": commune_sudo.insee_code,
            "address": home.street
            and {
                "street": home.street,
                "street2": home.street2 or "",
                "zip": home.zip or "",
                "commune": commune_sudo.insee_code or "",
            },
            "household_size": str(len(members)) if members else False,
        }

    @api.model
    def _get_organisation_values(self, organisation_sudo):
        number = organisation_sudo.company_registry or ""
        return {
            "organisation_name": organisation_sudo.name,
            "organisation_kind": organisation_sudo.kind,
            # A SIREN has nine figures: it does not say which of its places.
            "organisation_siret": len(number) == 14 and number,
            "organisation_rna": organisation_sudo.rna,
            "organisation_phone": organisation_sudo.phone,
            "organisation_email": organisation_sudo.email,
        }

    @api.model
    def _get_identity_values(self, person_sudo):
        return {
            "firstname": person_sudo.firstname,
            "lastname": person_sudo.lastname,
            "birthdate": person_sudo.birthdate and fields.Date.to_string(person_sudo.birthdate),
        }
