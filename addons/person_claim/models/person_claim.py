import re
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize
from odoo.tools.misc import hmac

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.territory_base import clock
from odoo.addons.territory_base.locks import lock_or_replay
from odoo.addons.territory_base.tools import normalize, normalize_address

DAYS = 60
KEPT_DAYS = 180
# Read aloud, copied from paper: without 0, O, 1, I, L, U.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SIZE = 12
TRIES_AN_HOUR = 10
TRIES = 5


class PersonClaim(models.Model):
    """A code for the owner of a file that the staff opened. She types it in an account of her
    names and birth date; the file is then hers, with all that it holds.

    That protects against a stranger who opens the letter, not against somebody who knows her birth
    date and opens an account in her name: what was seen, and the address, are the agent's choice.

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
    person_name = fields.Char("For", readonly=True, help="Who will act for the organisation.")
    role = fields.Char(readonly=True, help="Of the person who will act for the organisation.")
    digest = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    made_by_id = fields.Many2one("res.users", "Given by", readonly=True, ondelete="set null")
    date_made = fields.Date("Given on", readonly=True, default=lambda self: clock.today())
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
    def _give(self, subject, way, evidence, role=None, person_name=None):
        """By those who read the file; the codes that were given before open nothing any more.

        :param person_name: of an organisation, who will act for it: first name and last name
        :return: (the claim, the code, shown this once)
        :raise UserError: it has an owner already, or nothing was seen
        """
        subject = subject.with_env(self.env).ensure_one()
        subject._check_file_read_by_user()
        subject_sudo = subject.sudo()
        subject._check_not_own(self.env._("A colleague gives you the code of your own file."))
        subject_sudo._meet()
        if not subject_sudo._is_claimable():
            raise UserError(
                self.env._("A code is for an adult without account, or for an organisation.")
            )
        if not (evidence or "").strip():
            raise UserError(self.env._("Say in a few words what was seen."))
        if subject_sudo._is_organisation() and not (person_name or "").strip():
            raise UserError(self.env._("Write who will act for it: first name and last name."))
        if subject_sudo._is_organisation() and not self._get_proofs(subject_sudo, way):
            raise UserError(
                self.env._(
                    "Write first, on its sheet, its SIRET or RNA number, or its phone: whoever "
                    "types the code must know it."
                )
            )
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
                "person_name": subject_sudo._is_organisation() and person_name,
                "role": role,
                "digest": self._digest(code),
                "made_by_id": self.env.uid,
                "date_expire": clock.today() + timedelta(days=DAYS),
            }
        )
        shown = "-".join(code[index : index + 4] for index in range(0, SIZE, 4))
        if way == "email":
            template = self.env.ref("person_claim.mail_claim").with_context(code=shown)
            template._send_to(claim_sudo, subject_sudo.email_formatted, subject_sudo.lang)
        return claim_sudo.sudo(self.env.su), shown

    def action_cancel(self):
        """A letter is lost, a mailbox is read by somebody else: the code opens nothing any more."""
        for claim in self:
            claim.check_access("read")
            claim.sudo().subject_id.with_env(self.env)._check_file_read_by_user()
            claim.sudo()._lock()
        self.sudo().state = "cancelled"

    @api.model
    def _open_domain(self):
        return Domain("state", "=", "given") & Domain("date_expire", ">=", clock.today())

    @api.model
    def _digest(self, code):
        return hmac(self.sudo().env, "person_claim.code", compact(code))

    def _get_url(self):
        return f"{self.get_base_url()}/code"

    # ------------------------------------------------------------
    # Claimed by its owner
    # ------------------------------------------------------------

    @api.model
    def _use(self, code, proof=None):
        """By an account: the file becomes hers, or she acts for the organisation.

        :param proof: of an organisation, what whoever acts for it knows, see `_get_proofs`
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
        claim_sudo._lock()
        subject_sudo = claim_sudo.subject_id
        if not claim_sudo._is_hers(person_sudo, proof):
            raise UserError(self._get_wrong_sentence())
        claim_sudo.write(
            {
                "state": "used",
                "used_by_id": person_sudo.id,
                "date_used": clock.today(),
            }
        )
        if subject_sudo._is_organisation():
            claim_sudo._give_delegation(person_sudo)
            return subject_sudo.sudo(self.env.su)
        claim_sudo._give_file(person_sudo)
        return person_sudo.sudo(self.env.su)

    def _get_wrong_sentence(self):
        return self.env._(
            "This code is not right, is no longer valid, or is not in your name. For an "
            "organisation, its number is asked too. Copy them again; if it does not work, call us: "
            "we give you another one."
        )

    def _lock(self):
        lock_or_replay(self)
        self.invalidate_recordset()
        if self.state != "given":
            raise UserError(self._get_wrong_sentence())

    @api.model
    def _get_proofs(self, organisation, way):
        """What is asked with the code of an organisation, whose letter shows the name of whoever
        will act for it: a set of normalized texts. In superuser mode.

        Its SIRET, its SIREN or its RNA number; where we have none, its phone or its e-mail, but for
        a code that was sent there.
        """
        siret = compact(organisation.company_registry)
        proofs = {siret, siret[:9], compact(organisation.rna)} - {""}
        if not proofs:
            proofs = {compact(organisation.phone)[-9:]}
            proofs |= {compact(organisation.email)} if way != "email" else set()
        return proofs - {""}

    def _is_hers(self, person, proof=None):
        """In superuser mode. A letter that somebody else opened shows a name, not a birth date nor
        a number: only an account that knows both takes the file."""
        subject = self.subject_id
        if not subject._is_claimable():
            return False
        if subject._is_organisation():
            typed, proofs = compact(proof), self._get_proofs(subject, self.way)
            names = f"{person.firstname or ''} {person.lastname or ''}"
            is_named = normalize(self.person_name or "") == normalize(names)
            return is_named and bool({typed, typed[-9:]} & proofs)
        names = {normalize(person[name] or "") for name in ("lastname", "birth_name")} - {""}
        known = {normalize(subject[name] or "") for name in ("lastname", "birth_name")} - {""}
        return (
            person.birthdate == subject.birthdate
            and bool(names & known)
            and normalize(person.firstname or "") == normalize(subject.firstname or "")
        )

    def _give_delegation(self, person):
        """Under the role that whoever gave the code wrote, never that which she gave herself when
        she asked before. In superuser mode."""
        asked = self.env["partner.delegate"]._ask(self.subject_id, person, role=self.role)
        if asked.state == "asked":
            asked.role = self.role
            asked._activate(self.made_by_id)
            self._tell_organisation(person)

    def _give_file(self, person):
        """Her account stays; what the file holds joins it. In superuser mode."""
        subject = self.subject_id
        own = self._find_own_household(person)
        stays = own._get_current_occupancies()
        family = subject._get_current_households()
        others = family._get_current_members("adult") - subject
        homes = family._get_current_occupancies().dwelling_id
        lives_apart = bool(own and others and stays and not stays.dwelling_id & homes)
        author = self.made_by_id or self.env.ref("base.user_root")
        self._tell_file(person)
        merge_sudo = (
            self.env["person.merge"]
            .with_user(author)
            .sudo()
            ._merge(
                person,
                subject,
                self.env._(
                    "Code given on %(day)s: %(evidence)s",
                    day=self.date_made.strftime("%d/%m/%Y"),
                    evidence=self.evidence,
                ),
            )
        )
        if not own or not family:
            return
        if lives_apart:
            # She says herself that she lives elsewhere: the others of the file learn no address.
            left = self._get_memberships(person, family)
        else:
            left = self._get_memberships(person, own)
        self._end_undoably(merge_sudo, left)
        if not lives_apart:
            self._end_undoably(merge_sudo, stays)
            if stays and not stays.dwelling_id & homes:
                self._propose_address(person, family[:1], stays.dwelling_id[:1])

    def _find_own_household(self, person):
        """That of her sign-up, which nobody but her was ever in and nobody checked."""
        Membership = self.env["household.membership"]
        for household in person._get_current_households():
            members = Membership.search([("household_id", "=", household.id)]).person_id
            stays = household._get_staying("main")
            if members == person and "verified" not in stays.mapped("state"):
                return household
        return person.browse()

    def _get_memberships(self, person, households):
        Membership = self.env["household.membership"]
        return Membership.search(
            Membership._current_domain()
            & Domain("person_id", "=", person.id)
            & Domain("household_id", "in", households.ids)
        )

    def _end_undoably(self, merge_sudo, rows):
        """Since yesterday, so that she is in one household today; the undo of the merge gives them
        back as they were."""
        yesterday = clock.today() - timedelta(days=1)
        ended = []
        for row in rows:
            former = {name: fields.Date.to_string(row[name]) for name in ("date_start", "date_end")}
            start = row.date_start and min(row.date_start, yesterday)
            row.write({"date_start": start, "date_end": yesterday})
            ended.append([row._name, row.id, former])
        merge_sudo.moves = {**merge_sudo.moves, "ended": [*merge_sudo.moves["ended"], *ended]}

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

    def _tell_file(self, person):
        """The address that the file had, when it is not that of the account: whoever knows names
        and birth date could have opened it."""
        known = self.subject_id
        if known.email and email_normalize(known.email) != email_normalize(person.email or ""):
            template = self.env.ref("person_claim.mail_claimed")
            template._send_to(self, known.email_formatted, known.lang)

    def _tell_organisation(self, person):
        """The organisation, and those who act for it already: one mail to each mailbox."""
        organisation = self.subject_id
        template = self.env.ref("person_claim.mail_acting")
        told = (organisation | organisation._get_current_delegates() - person).filtered("email")
        for same in told.grouped(lambda each: normalize_address(each.email)).values():
            template._send_to(self, same[0].email_formatted, same[0].lang)

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
        long_ago = clock.today() - timedelta(days=KEPT_DAYS)
        self.sudo().search(Domain("date_expire", "<", long_ago)).unlink()


def compact(text):
    """Letters and figures alone, in capitals."""
    return re.sub(r"[^0-9A-Z]", "", (text or "").upper())
