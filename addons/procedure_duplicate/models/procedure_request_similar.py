from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize
from odoo.tools.sql import escape_psql

from odoo.addons.procedure_desk.models.procedure_request_desk import PHONE_DIGITS, STAFF
from odoo.addons.territory_base import clock
from odoo.addons.territory_base.tools import make_normalized_sql, normalize

DAYS = 60
# Beyond a page of a list, all that waits is read at once: a filter.
FEW = 80


class ProcedureRequestSimilar(models.AbstractModel):
    """Two open requests of one procedure that seem to be one: the same applicant, for the same
    child, dwelling and organisation, within sixty days. For those who handle both."""

    _name = "procedure.request.similar"
    _description = "Request similar to another one"

    similar_request_id = fields.Many2one(
        "procedure.request", compute="_compute_similar_request_id", groups=STAFF
    )
    similar_label = fields.Char(compute="_compute_similar_request_id", groups=STAFF)
    has_similar = fields.Boolean(
        "Similar request",
        compute="_compute_has_similar",
        search="_search_has_similar",
        groups=STAFF,
    )

    @api.depends("state")
    @api.depends_context("uid", "lang")
    def _compute_similar_request_id(self):
        similar = self._find_similar()
        for request in self:
            other = similar.get(request, self.browse())[:1]
            request.similar_request_id = other
            request.similar_label = other and self.env._(
                "%(number)s of %(name)s, received on %(day)s",
                number=other.number,
                name=other.applicant_name or other.who,
                day=clock.local_day(other.date_submitted).strftime("%d/%m/%Y"),
            )

    @api.depends("similar_request_id")
    def _compute_has_similar(self):
        for request in self:
            request.has_similar = bool(request.similar_request_id)

    @api.model
    def _search_has_similar(self, operator, value):
        if operator != "in" or len(value) != 1:
            return NotImplemented
        found = self.search(self._get_waiting_domain())._find_similar()
        return Domain("id", "in" if True in value else "not in", [each.id for each in found])

    @api.model
    def _get_waiting_domain(self):
        return Domain("state", "in", self._get_open_states()) & Domain(
            "date_submitted", "!=", False
        )

    def _find_similar(self):
        """With the rights of the reader, among the requests that she handles.

        :return: {request: the others, the first received first}, without those that have none
        """
        own = self.filtered(lambda each: each.id and each.is_open and each.date_submitted)
        if not own:
            return {}
        filed = own.mapped("date_submitted")
        near = self.search(
            self._get_waiting_domain()
            & Domain("procedure_id", "in", own.procedure_id.ids)
            # A day more: `_is_similar_to` counts whole days.
            & Domain("date_submitted", ">=", min(filed) - timedelta(days=DAYS + 1))
            & Domain("date_submitted", "<=", max(filed) + timedelta(days=DAYS + 1))
            & (own._get_alike_domain() if len(own) <= FEW else Domain.TRUE),
            order="date_submitted, id",
        ).filtered("can_handle")
        by_sign, signs = {}, {}
        for request in near:
            signs[request] = request._get_person_signs()
            for sign in signs[request]:
                by_sign.setdefault((request.procedure_id, sign), []).append(request)
        persons, similar = near._group_same_persons(), {}
        for request in own & near:
            others = {
                other
                for sign in signs[request]
                for other in by_sign[request.procedure_id, sign]
                if other != request
                # Who are looked for in the database are, for all of them at once.
                and (persons[request] & persons[other] or not persons[request] | persons[other])
                and request._is_similar_to(other)
            }
            if others:
                similar[request] = near.filtered(lambda each, others=others: each in others)
        return similar

    def _get_person_signs(self):
        """What tells who asks. What is read of persons here is compared only, and not shown."""
        self.ensure_one()
        request_sudo = self.sudo()
        person_sudo = request_sudo.applicant_id
        digits = "".join(filter(str.isdigit, request_sudo.applicant_phone or ""))
        names = (
            person_sudo.lastname or request_sudo.contact_lastname,
            person_sudo.firstname or request_sudo.contact_firstname,
        )
        signs = {
            "account": person_sudo.id,
            "identity": person_sudo.identity_key,
            "email": email_normalize(request_sudo.applicant_email or ""),
            "phone": len(digits) >= PHONE_DIGITS and digits[-PHONE_DIGITS:],
            "names": all(names) and tuple(map(normalize, names)),
        }
        return {(kind, sign) for kind, sign in signs.items() if sign}

    def _get_alike_domain(self):
        """Those that may bear a sign of one of these: in the database, a little wider than
        `_get_person_signs`."""
        self_sudo = self.sudo()
        accounts_sudo = self_sudo.applicant_id
        keys = [key for key in accounts_sudo.mapped("identity_key") if key]
        twins_sudo = accounts_sudo.with_context(active_test=False).search(
            Domain("identity_key", "in", keys)
        )
        domain = Domain("applicant_id", "in", (accounts_sudo | twins_sudo).ids)
        domain |= self_sudo._get_contact_domain("contact_%s")
        visits_sudo = self_sudo.filtered(lambda each: not each.applicant_id)
        if visits_sudo:
            # Of two accounts, their sheets tell (`_is_similar_to`).
            domain |= Domain("applicant_id", "any!", visits_sudo._get_contact_domain("%s"))
        return domain

    def _get_contact_domain(self, pattern):
        """Whoever bears the family name, the e-mail or the telephone of one of these, however it
        is written. In superuser mode.

        :param pattern: of the names of the fields where it is looked for
        """
        signs = [sign for request in self for sign in request._get_person_signs()]
        emails = [f"%{escape_psql(sign)}%" for kind, sign in signs if kind == "email"]
        phones = [sign for kind, sign in signs if kind == "phone"]
        names = [each.applicant_id.lastname or each.contact_lastname or None for each in self]

        def to_sql(model, alias, query):
            email, phone, lastname = (
                model._field_to_sql(alias, pattern % name, query)
                for name in ("email", "phone", "lastname")
            )
            return SQL(
                """(right(regexp_replace(%(phone)s, '[^0-9]', '', 'g'), %(digits)s)
                        = ANY(%(phones)s)
                    OR lower(%(email)s) LIKE ANY(%(emails)s)
                    OR %(lastname)s IN (SELECT %(name)s FROM unnest(%(names)s::text[]) AS name))""",
                phone=phone,
                digits=PHONE_DIGITS,
                phones=phones,
                email=email,
                emails=emails,
                lastname=make_normalized_sql(self.env, lastname),
                name=make_normalized_sql(self.env, SQL("name")),
                names=names,
            )

        return Domain.custom(to_sql=to_sql)

    def _is_similar_to(self, other):
        """Of two requests that bear one sign, for the same persons: what says that they are two
        all the same."""
        one_sudo, two_sudo = self.sudo(), other.sudo()
        applicants_sudo = one_sudo.applicant_id | two_sudo.applicant_id
        # Two people may share a telephone; two sheets may be one person.
        if len(one_sudo.applicant_id) == len(two_sudo.applicant_id) and len(applicants_sudo) == 2:
            keys = set(applicants_sudo.mapped("identity_key"))
            if len(keys) > 1 or not keys - {False}:
                return False
        if any(one_sudo[name] != two_sudo[name] for name in ("acting_for_id", "season")):
            return False
        if not one_sudo._is_same_matter(two_sudo):
            return False
        dwellings = one_sudo.dwelling_id, two_sudo.dwelling_id
        if all(dwellings) and dwellings[0] != dwellings[1]:
            return False
        # Whatever their hours, and the hour of summer between them.
        first, second = (clock.local_day(each.date_submitted) for each in (one_sudo, two_sudo))
        return abs(first - second) <= timedelta(days=DAYS)
