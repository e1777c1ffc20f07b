import re
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.fields import Domain
from odoo.tools.misc import hmac

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.territory_base.tools import normalize

DAYS = 60
KEPT_DAYS = 180
# Read aloud, copied from paper: without 0, O, 1, I, L, U.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SIZE = 12
TRIES_AN_HOUR = 10
TRIES = 5


class PersonClaim(models.Model):
    """A code for the owner of a file that the staff opened. She types it in an account of her
    name and birth date; the file is then hers, with all that it holds.

    Only a digest is kept: nobody reads a code again, who lost hers gets another one.
    """

    _name = "person.claim"
    _description = "Code by which its owner claims a file"
    _order = "id desc"

    subject_id = fields.Many2one(
        "res.partner", "File", required=True, readonly=True, index=True, ondelete="cascade"
    )
    way = fields.Selection(
        [("hand", "Handed over"), ("post", "By post"), ("email", "By e-mail")],
        required=True,
        readonly=True,
    )
    evidence = fields.Text(
        "What shows that it is her",
        required=True,
        readonly=True,
        help="What was seen, never a copy of it.",
    )
    role = fields.Char(readonly=True, help="Of the person who will act for the organisation.")
    digest = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    made_by_id = fields.Many2one("res.users", "Given by", readonly=True, ondelete="set null")
    date_made = fields.Date("Given on", readonly=True, default=fields.Date.context_today)
    date_expire = fields.Date("Valid until", required=True, readonly=True)
    state = fields.Selection(
        [("given", "Given"), ("used", "Used"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="given",
    )
    used_by_id = fields.Many2one("res.partner", "Used by", readonly=True, ondelete="set null")
    date_used = fields.Date("Used on", readonly=True)

    _digest_uniq = models.UniqueIndex("(digest)", "This code was given already.")

    @api.depends("subject_id", "date_made")
    def _compute_display_name(self):
        for claim in self:
            claim.display_name = claim.subject_id.display_name

    # ------------------------------------------------------------
    # Given by the staff
    # ------------------------------------------------------------

    @api.model
    def _give(self, subject, way, evidence, role=None):
        """By those who read the file; the codes that she gave before open nothing any more.

        :return: (the claim, the code, shown this once)
        :raise UserError: it has an owner already, or nothing was seen
        """
        subject = subject.with_env(self.env).ensure_one()
        subject._check_file_read_by_user()
        subject_sudo = subject.sudo()
        if self.env.user.partner_id in subject_sudo | subject_sudo._get_current_delegates():
            raise AccessError(self.env._("A colleague gives you the code of your own file."))
        subject_sudo._meet()
        if not subject_sudo._is_claimable():
            raise UserError(
                self.env._("A code is for an adult without account, or for an organisation.")
            )
        if not (evidence or "").strip():
            raise UserError(self.env._("Say in a few words what was seen."))
        if way == "email" and not subject_sudo.email:
            raise UserError(self.env._("This file has no e-mail address."))
        self.sudo().search(
            self._open_domain() & Domain("subject_id", "=", subject.id)
        ).state = "cancelled"
        code = "".join(secrets.choice(SIGNS) for _each in range(SIZE))
        claim_sudo = self.sudo().create(
            {
                "subject_id": subject.id,
                "way": way,
                "evidence": evidence,
                "role": role,
                "digest": self._digest(code),
                "made_by_id": self.env.uid,
                "date_expire": fields.Date.context_today(self) + timedelta(days=DAYS),
            }
        )
        shown = "-".join(code[index : index + 4] for index in range(0, SIZE, 4))
        if way == "email":
            template = self.env.ref("person_claim.mail_claim").with_context(code=shown)
            template._send_to(claim_sudo, subject_sudo.email_formatted, subject_sudo.lang)
        return claim_sudo.sudo(self.env.su), shown

    @api.model
    def _open_domain(self):
        return Domain("state", "=", "given") & Domain("date_expire", ">=", "today")

    @api.model
    def _digest(self, code):
        signs = re.sub(r"[^0-9A-Z]", "", (code or "").upper())
        return hmac(self.sudo().env, "person_claim.code", signs)

    def _get_url(self):
        return f"{self.get_base_url()}/code"

    # ------------------------------------------------------------
    # Claimed by its owner
    # ------------------------------------------------------------

    @api.model
    def _use(self, code):
        """By an account: the file becomes hers, or she acts for the organisation.

        :return: what is hers now (her own sheet, or the organisation)
        :raise UserError: one sentence, the same whatever is wrong
        """
        user = self.env.user
        person_sudo = user.sudo().partner_id
        if not user.share or person_sudo.kind != "person":
            raise AccessError(self.env._("Only a resident claims a file."))
        guard = self.env["public.guard"]
        guard._hit("person.claim", str(user.id), TRIES_AN_HOUR, 3600)
        claim_sudo = self.sudo().search(
            self._open_domain() & Domain("digest", "=", self._digest(code))
        )
        if not claim_sudo:
            raise UserError(self._get_wrong_sentence())
        try:
            # Of one code, whoever types it.
            guard._hit("person.claim.code", str(claim_sudo.id), TRIES, 86400)
        except TooManyRequests as refused:
            raise UserError(self._get_wrong_sentence()) from refused
        claim_sudo._hold()
        subject_sudo = claim_sudo.subject_id
        if not claim_sudo._is_hers(person_sudo):
            raise UserError(self._get_wrong_sentence())
        claim_sudo.write(
            {
                "state": "used",
                "used_by_id": person_sudo.id,
                "date_used": fields.Date.context_today(self),
            }
        )
        if subject_sudo._is_organisation():
            claim_sudo._give_delegation(person_sudo)
            return subject_sudo.sudo(self.env.su)
        claim_sudo._give_file(person_sudo)
        return person_sudo.sudo(self.env.su)

    def _get_wrong_sentence(self):
        return self.env._(
            "This code is not right, is no longer valid, or is not in your name. Copy it again; if "
            "it does not work, call us: we give you another one."
        )

    def _hold(self):
        if len(self.try_lock_for_update()) < len(self):
            raise ConcurrencyError("This code is being used by another request")
        self.invalidate_recordset()
        if self.state != "given":
            raise UserError(self._get_wrong_sentence())

    def _is_hers(self, person):
        """In superuser mode. A letter that somebody else opened shows a name, not a birth date:
        only an account that was opened under both takes the file."""
        subject = self.subject_id
        if not subject._is_claimable():
            return False
        if subject._is_organisation():
            return True
        names = {normalize(person[name] or "") for name in ("lastname", "birth_name")} - {""}
        known = {normalize(subject[name] or "") for name in ("lastname", "birth_name")} - {""}
        return (
            person.birthdate == subject.birthdate
            and bool(names & known)
            and normalize(person.firstname or "") == normalize(subject.firstname or "")
        )

    def _give_delegation(self, person):
        """In superuser mode."""
        asked = self.env["partner.delegate"]._ask(self.subject_id, person, role=self.role)
        if asked.state == "asked":
            asked._activate(self.made_by_id)

    def _give_file(self, person):
        """Her account stays; what the file holds joins it. In superuser mode."""
        subject = self.subject_id
        moved = self._leave_own_household(person)
        author = self.made_by_id or self.env.ref("base.user_root")
        self.env["person.merge"].with_user(author).sudo()._merge(
            person,
            subject,
            self.env._(
                "Code given on %(day)s: %(evidence)s",
                day=self.date_made.strftime("%d/%m/%Y"),
                evidence=self.evidence,
            ),
        )
        household = person._get_current_households()[:1]
        if moved and household and moved != household._current_dwelling():
            self._propose_address(person, household, moved)

    def _leave_own_household(self, person):
        """The one of her sign-up, where she is alone and that nobody checked, gives way to the one
        of the file.

        :return: the address that she gave there
        """
        dwelling = self.env["territory.dwelling"]
        if not self.subject_id._get_current_households():
            return dwelling
        for household in person._get_current_households():
            stays = household._get_current_occupancies()
            is_checked = "verified" in stays.mapped("state")
            if household._get_current_members() == person and not is_checked:
                dwelling |= stays.dwelling_id
                stays.unlink()
                household.member_ids.unlink()
                household.active = False
        return dwelling[:1]

    def _propose_address(self, person, household, dwelling):
        """What she typed at sign-up is not lost: it waits for an agent, as any move."""
        values = {
            "street": dwelling.street,
            "street2": dwelling.street2 or "",
            "commune": dwelling.commune_id.insee_code,
        }
        Change = self.env["household.change"]
        if not Change._get_problems(household, person, {"address": values}):
            Change._propose(household, person, {"address": values})

    # ------------------------------------------------------------
    # How long
    # ------------------------------------------------------------

    @api.model
    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        kept = self.env._("%(days)s days after their end", days=KEPT_DAYS)
        return [(self.env._("Codes by which a file is claimed"), kept)]

    @api.autovacuum
    def _gc_claims(self):
        long_ago = fields.Date.context_today(self) - timedelta(days=KEPT_DAYS)
        self.sudo().search(Domain("date_expire", "<", long_ago)).unlink()
