"""How each mail of the product is made; played by the tests of mails."""

from datetime import date, timedelta
from pathlib import Path

from freezegun import freeze_time

from odoo import fields
from odoo.tools import mute_logger
from odoo.tools.misc import file_path

from odoo.addons.mail_retry.tests.common import FakeMailServer
from odoo.addons.procedure.tests.common import PIXEL, ProcedureCommon
from odoo.addons.territory_base import clock

# Every place of ours that makes a mail: how the test makes it. A new one turns the test red.
SENDERS = {
    # One person, for those below that call it.
    "territory_base/models/mail_template.py:_send_to": "content",
    "content_approval/models/content_revision_mail.py:_send": "content",
    # Of the two that a visitor says: an error in a page, a problem of the site.
    "website_parts/models/website_message_mixin.py:_send": "message",
    "content_review/models/content_review.py:_send": "review",
    # One for each recipient who is not served yet: the digest has two.
    "mail_retry/models/mail_mail.py:_copy_for": "digest",
    "family_booking_mail/models/family_booking.py:_tell": "bookings",
    "family_booking_mail/models/res_partner.py:_send_week_mail": "bookings",
    "family_document/models/family_document_acts.py:_tell_refused": "people",
    "partner_household/models/res_users.py:_send_account_mail": "account",
    "partner_household/models/household_change.py:_tell_requester": "people",
    "partner_household/models/partner_delegate.py:_tell_person": "people",
    "partner_household/models/invitation_mixin.py:_send": "board",
    "person_claim/models/person_claim.py:_give": "people",
    "person_claim/models/person_claim.py:_tell_file": "people",
    "person_claim/models/person_claim.py:_tell_organisation": "people",
    "partner_household/models/invitation_mixin.py:_tell_inviter": "board",
    "privacy_retention/models/privacy_retention_run.py:_send_retention_mail": "retention",
    "procedure_opinion/models/procedure_opinion.py:_send_mail": "opinion",
    "procedure_signature/models/procedure_signature_link.py:_send_mail": "signature",
    "street_report/models/procedure_request.py:_tell_street_followers": "street",
    "website_directory_claim/models/directory_claim.py:_send": "claim",
    "website_household/models/res_users.py:_send_email_codes": "account",
    "website_organisation_handover/models/organisation_handover.py:_tell_others": "board",
    "procedure/models/procedure_request_follow.py:_send_new_code": "follow_code",
    "procedure/models/procedure_request_mail.py:_post_to_applicant": "acknowledgment",
    "procedure_digest/models/procedure_digest.py:_send": "digest",
    "procedure_mailgateway/models/procedure_mail_answer.py:_answer": "gateway",
    "website_procedure/models/website_procedure_pending.py:_create_mail": "form",
}
# Their models: how one of them is sent.
TEMPLATES = {
    "content.report": "_tell_report",
    "content.review": "_tell_review",
    "content.revision": "_tell_reader",
    "directory.claim": "_tell_claim",
    "family.booking": "_tell_booking",
    "family.document": "_tell_people",
    "household.change": "_tell_people",
    "platform.problem": "_tell_problem",
    "household.invitation": "_tell_invited",
    "organisation.handover": "_tell_board",
    "organisation.invitation": "_tell_board",
    "partner.delegate": "_tell_people",
    "person.claim": "_tell_people",
    "procedure.request": "_tell",
    "procedure.opinion": "_ask_opinion",
    "procedure.signature": "_ask_signature",
    "res.partner": "_tell_week",
    "res.users": "_tell_account",
}
WORDS = {
    "reasons": "<p>Oui</p>",
    "conditions": "<p>Si</p>",
    "message": "Il manque",
    "due": None,
    "joined_number": "ESSAI-2026-0002",
    "slot": "mardi 24 mars 2026 de 9 h 00 à 9 h 20",
    "former": "",
}
NOON = "2026-03-03 12:00:00"
MONDAY = date(2026, 3, 9)


class MailMakers(ProcedureCommon):
    """Its people and requests, and a mail server that takes what leaves."""

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freeze_time(NOON))
        self.enterContext(
            mute_logger(
                "odoo.addons.mail.models.mail_mail", "odoo.addons.base.models.ir_mail_server"
            )
        )
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda *_args, **_values: 1000)
        self.waste.sends_daily_digest = True
        (self.agent + self.colleague).email = "agent@exemple.fr"
        self.colleague.email = "collegue@exemple.fr"
        domain = self.env["mail.alias.domain"].create({"name": "courriel.exemple.fr"})
        self.env.company.alias_domain_id = domain
        self.env["ir.config_parameter"].set_param("procedure_mailgateway.active", "True")
        self.request = self._submit()
        self.visitor_request = self._submit_without_account().with_context(follow_code=None)
        self.visitor_request = self.visitor_request.with_env(self.env).sudo()
        self.opinion = self.env["procedure.opinion"].browse()
        taken = self._submit(self.dominique)
        taken.with_user(self.agent).action_take()
        taken.with_user(self.agent).action_consult(
            "Votre avis ?",
            contact_name="M. Petit",
            contact_email="avis@exemple.fr",
            date_due=clock.today() + timedelta(days=10),
        )
        self.opinion = taken.sudo().opinion_ids
        self.env["mail.mail"].search([]).unlink()
        self.server = self.enterContext(FakeMailServer(self.env).run())

    # -- how each is made

    def make_account(self):
        for template in self._get_templates("res.users"):
            self._tell_account(template)
        self.camille.with_user(self.camille)._send_email_codes("nouvelle@exemple.fr")

    def _tell_account(self, template):
        self.camille._send_account_mail(template, logins=["camille"])

    def make_content(self):
        for template in self._get_templates("content.revision"):
            self._tell_reader(template)

    def _tell_reader(self, template):
        commune = self.env["territory.commune"].search([], limit=1).with_user(self.agent)
        commune._propose()._send(template, self.agent)

    def make_claim(self):
        for template in self._get_templates("directory.claim"):
            self._tell_claim(template)

    def _tell_claim(self, template):
        organisation = self.env["res.partner"].create(
            {"name": "Les Amis du Lavoir", "company_type": "company", "kind": "association"}
        )
        category = self.env["directory.category"].search([], limit=1)
        sheet = self.env["directory.entry"]._create_as(
            "test", {"name": "Le Lavoir", "category_id": category.id}
        )
        claim = self.env["directory.claim"].create(
            {
                "entry_id": sheet.id,
                "organisation_id": organisation.id,
                "organisation_name": organisation.name,
                "user_id": self.agent.id,
                "answer": "Appelez-nous.",
            }
        )
        claim._send(template, self.agent)

    def make_board(self):
        self._tell_board("each of them")

    def _tell_board(self, _template):
        """The invitation, and what the others who act are told."""
        organisation = self._delegations(self.camille, self.dominique).organisation_id
        today = clock.today()
        invited = [{"name": "Zoé Petit", "email": "zoe@exemple.fr"}]
        self.env["organisation.handover"].with_user(self.camille)._start(
            organisation.with_user(self.camille), today, self.camille.partner_id, invited
        )
        invitation = self.env["organisation.invitation"].search([], limit=1)
        self._answer_invitation(invitation)
        zoe = self._resident(f"zoe{organisation.id}", "Zoé", "Roussel")
        other = self._delegations(self.camille, self.dominique, zoe).organisation_id
        named = {"name": self.dominique.name, "email": self.dominique.email, "role": "Membre"}
        self.env["organisation.handover"].with_user(self.camille)._start(
            other.with_user(self.camille), today, self.camille.partner_id, [named]
        )

    def _tell_invited(self, _template):
        person = self.camille.partner_id
        household = person._current_household() or person._create_household()
        for rank in range(2):
            invitation = self.env["household.invitation"]._invite(
                household, person, f"Zoé Petit{rank}", "zoe@exemple.fr"
            )
            self._answer_invitation(invitation, is_accepted=bool(rank))

    def _answer_invitation(self, invitation, is_accepted=True):
        user = self.env["res.users"].search([("login", "=", "zoe")])
        user = user or self._resident("zoe", "Zoé", "Petit")
        user.email = invitation.email
        invitation.with_user(user)._answer(is_accepted)

    def make_bookings(self):
        for template in self._get_templates("family.booking"):
            self._tell_booking(template)
        self._tell_week("that of the week")

    def _tell_booking(self, template):
        self._make_booking()._tell(template)

    def _tell_week(self, _template):
        self._make_booking()
        self.camille.partner_id._send_week_mail(MONDAY)

    def _make_booking(self):
        """A child of Camille's in a canteen, on a Monday."""
        parent = self.camille.partner_id
        child = parent._declare_child(
            {"firstname": "Lou", "lastname": "Durand", "birthdate": "2019-03-02"}
        )
        Activity = self.env["family.activity"]
        activity = Activity.create({"name": "Cantine", "service_id": self.waste.id})
        site = self.env["family.site"].create(
            {"name": "Cantine du Val", "activity_id": activity.id, "capacity": 9}
        )
        slot = self.env["family.slot"].create(
            {"site_id": site.id, "day": "0", "name": "Midi", "hour_from": 12, "hour_to": 13}
        )
        season = self.env["family.season"].create(
            {
                "name": "Mars",
                "date_start": MONDAY,
                "date_end": MONDAY,
                "service_id": self.waste.id,
                "site_ids": site.ids,
            }
        )
        session = self.env["family.session"].create(
            {
                "slot_id": slot.id,
                "season_id": season.id,
                "date": MONDAY,
                "hour_from": 12,
                "hour_to": 13,
                "capacity": 9,
            }
        )
        Booking = self.env["family.booking"]
        return Booking._make(parent, {session: (child, [1])}, None, "counter")

    def make_people(self):
        self._tell_people("each of them")

    def _refuse_paper(self, parent):
        child = parent._declare_child(
            {"firstname": "Lou", "lastname": "Durand", "birthdate": "2019-03-02"}
        )
        Kind = self.env["family.document.kind"]
        values = {"name": "Assurance", "code": "mail_makers", "service_id": self.waste.id}
        kind = Kind.search([("code", "=", values["code"])]) or Kind.create(values)
        checked = self.env["public.guard"]._check_upload("a.png", PIXEL)
        Document = self.env["family.document"]
        Document._give(parent, kind, child, checked)._refuse("La photo est trop sombre.")

    def _tell_people(self, _template):
        """A change of an organisation, one of a household, a delegation accepted, one refused, the
        code of a file, a paper that is refused."""
        self._refuse_paper(self.camille.partner_id)
        organisation = self._delegations(self.camille).organisation_id
        person = self.camille.partner_id
        household = person._current_household() or person._create_household()
        Change = self.env["household.change"]
        for subject, values in (
            (organisation, {"organisation": {"phone": "03 99 00 00 09"}}),
            (household, {"persons": {person.id: {"phone": f"03 99 00 00 {len(person.name):02}"}}}),
        ):
            person.phone = False
            Change._propose(subject, person, values).line_ids.action_refuse("Non.")
        other = self._delegations(self.dominique).organisation_id
        for act in ("action_accept", "action_refuse"):
            delegation = self.env["partner.delegate"]._ask(other, person)
            getattr(delegation, act)()
            if delegation.state == "active":
                delegation.action_end()
        sheet = self.env["res.partner"].create(
            {
                "kind": "person",
                "firstname": "Zoé",
                "lastname": "Petit",
                "birthdate": "1980-01-02",
                "email": "zoe@exemple.fr",
            }
        )
        Claim = self.env["person.claim"]
        Claim._give(sheet, "email", "Rappelée")
        _claim, code = Claim._give(sheet, "hand", "Carte vue")
        # In an account that has another address than the file.
        owner = self._resident(f"zoe{sheet.id}", "Zoé", "Petit")
        owner.partner_id.birthdate = sheet.birthdate
        Claim.with_user(owner)._use(code)
        club = self.env["res.partner"].create(
            {
                "name": "Amis du lavoir",
                "kind": "association",
                "rna": f"W55{sheet.id:07}",
                "email": "lavoir@exemple.fr",
            }
        )
        names = f"{owner.partner_id.firstname} {owner.partner_id.lastname}"
        _claim, code = Claim._give(club, "hand", "Appelée", person_name=names, role="Trésorière")
        Claim.with_user(owner)._use(code, club.rna)

    def make_message(self):
        self.make_report()
        self.make_problem()

    def make_report(self):
        for template in self._get_templates("content.report"):
            self._tell_report(template)

    def _tell_report(self, template):
        commune = self.env["territory.commune"].search([], limit=1)
        report = self.env["content.report"]._file(commune, "other", "Le pont est ouvert.")
        report.word = "C'est noté."
        report._send(template, "lectrice@exemple.fr")

    def make_problem(self):
        for template in self._get_templates("platform.problem"):
            self._tell_problem(template)

    def _tell_problem(self, template):
        problem = self.env["platform.problem"]._file("Le bouton ne fait rien.")
        problem.word = "C'est réparé."
        problem._send(template, "lectrice@exemple.fr")

    def make_review(self):
        for template in self._get_templates("content.review"):
            self._tell_review(template)

    def _tell_review(self, _template):
        """There is one."""
        self.env["content.review"].search([]).unlink()
        commune = self.env["territory.commune"].search([], limit=1)
        self.env["content.review"]._make(commune)._send(self.agent)

    def make_opinion(self):
        for template in self._get_templates("procedure.opinion"):
            self._ask_opinion(template)

    def _ask_opinion(self, template):
        self.opinion._send_mail(template, "/avis/x")

    def make_signature(self):
        for template in self._get_templates("procedure.signature"):
            self._ask_signature(template)

    def _ask_signature(self, template):
        signature = self.env["procedure.signature"].create(
            {
                "request_id": self.request.id,
                "field_key": "note",
                "email": "signataire@exemple.fr",
                "date_due": clock.today() + timedelta(days=10),
            }
        )
        signature._send_mail(template, "/signer/x", code="123456")

    def make_street(self):
        """Those who saw the same hole."""
        for outcome in ("solved", "not_ours"):
            request_sudo = self.request.sudo()
            request_sudo.street_followers = "lectrice@exemple.fr\nvoisin@exemple.fr"
            request_sudo._tell_street_followers(f"street_report.mail_same_{outcome}")

    def make_templates(self):
        for template in self._get_templates("procedure.request"):
            self._tell(template)

    def _tell(self, template):
        words = {**WORDS, "due": clock.today(), "day": clock.today()}
        self.request.sudo()._tell_applicant(template, **words)

    def make_follow_code(self):
        self.visitor_request.with_user(self.agent).action_send_code()

    def make_acknowledgment(self):
        self._submit()
        self._submit_without_account()

    def make_digest(self):
        self.waste.digest_date = False
        self.env["procedure.digest"]._send_due()
        self.env["procedure.digest"]._send_at_once(self.request.sudo())

    def make_retention(self):
        """To the applicant, and to the service."""
        rule = self.env.ref("procedure_retention.retention_request")
        self.env["privacy.retention.warning"].search([]).unlink()
        today = clock.today()
        requests = self.request.sudo() | self.visitor_request
        told = [rule._get_told(each, rule._warn(each, 1, today, today)) for each in requests]
        rule._tell_service(self.waste, 1, [(warning, label, "x") for _s, warning, label in told])

    def make_gateway(self):
        # Another one each time: the same one has few answers in a day.
        sender = f"voisin{fields.Datetime.now():%H%M%S}@exemple.org"
        raw = (
            f"From: {sender}\r\nTo: {self.request.sudo()._get_mail_address()}\r\n"
            f"Message-ID: <{sender}>\r\nSubject: Re: bac\r\n\r\nBonjour"
        )
        self.env["mail.thread"].message_process(None, raw.encode())

    def make_form(self):
        Pending = self.env["website.procedure.pending"]
        pending, _claim = Pending._start(self.procedure)
        pending.email = "visiteur@exemple.fr"
        words = self.env["ir.qweb"]._render(
            "website_procedure.mail_code", {"procedure": self.procedure}
        )
        look = {"title": "Votre code", "plate": "123456"}
        pending._create_mail("123456 est votre code", words, pending.email, look=look)
        draft, _claim = Pending._start(self.procedure, self.dominique.partner_id)
        draft.date_expire = fields.Datetime.now() + timedelta(days=10)
        Pending._remind_drafts()
        # The database writes its own clock.
        later = draft.write_date + timedelta(days=2)
        draft.date_expire = later + timedelta(days=60)
        Pending._nudge_drafts(later)
        self.assertTrue(draft.date_nudged)

    def make_comment(self):
        self.opinion.request_id.with_user(self.agent).message_post(
            body="La photo est trop sombre.", subtype_xmlid="mail.mt_comment"
        )
        self.opinion.request_id.sudo()._post_from_applicant(
            "Voici ma réponse", by=self.dominique.partner_id
        )

    def _get_templates(self, model):
        """Of our own modules, by name."""
        ours = {path.name for path in self._get_folder().iterdir()}
        templates = self.env["mail.template"].search([("model", "=", model)])
        return [
            name for name in templates.get_external_id().values() if name.partition(".")[0] in ours
        ]

    def _get_folder(self):
        return Path(file_path("procedure/__manifest__.py")).parents[1]

    # -- what core sends in our name

    def make_core_password(self):
        self.camille.write({"password": "un-tout-autre-mot-de-passe"})

    def make_core_email(self):
        self.camille.write({"email": "autre@exemple.fr"})

    def make_core_accounts(self):
        """An administrator opens an account, then gives a new password."""
        Users = self.env["res.users"].with_context(no_reset_password=False)
        for group in ("base.group_user", "base.group_portal"):
            partner = self.env["res.partner"].create(
                {"firstname": "Zoé", "lastname": "Petit", "email": f"{group}@exemple.fr"}
            )
            user = Users.create(
                {
                    "partner_id": partner.id,
                    "login": f"{group}@exemple.fr",
                    "group_ids": [(6, 0, self.env.ref(group).ids)],
                }
            )
            user.action_reset_password()

    def make_core_second_lock(self):
        code = self.env.ref("auth_totp_mail.mail_template_totp_mail_code")
        code.send_mail(self.agent.id, email_values={"email_to": self.agent.email})
        self.agent.action_totp_invite()
        self.agent.write({"totp_secret": "ABCDEFGHIJKLMNOP"})

    def make_core_colleague(self):
        """What the staff is told of a request that it follows, and of what it has to do."""
        request = self.opinion.request_id.sudo()
        self.colleague.notification_type = "email"
        request._message_subscribe(partner_ids=self.colleague.partner_id.ids)
        request._message_log(body="Rien")
        request.message_post(
            body="À vérifier",
            subtype_xmlid="mail.mt_note",
            partner_ids=self.colleague.partner_id.ids,
        )
        request.message_notify(
            body="Ceci vous concerne", subject="Avis", partner_ids=self.colleague.partner_id.ids
        )
        request.activity_schedule(
            "mail.mail_activity_data_todo", summary="Appeler", user_id=self.colleague.id
        )
