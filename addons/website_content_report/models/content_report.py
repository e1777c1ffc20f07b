from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.content_approval.models.content_revision_circuit import EDITABLE
from odoo.addons.territory_base.links import find_row, sign_row
from odoo.addons.territory_base.locks import lock_or_replay

TOPICS = [
    ("hours", "The opening hours"),
    ("phone", "The telephone or the e-mail address"),
    ("place", "The address or the way there"),
    ("closed", "It is closed for good"),
    ("other", "Something else"),
]
STATES = [
    ("new", "To be answered"),
    ("correcting", "Being corrected"),
    ("corrected", "Corrected"),
    ("right", "Was right already"),
    ("foreign", "Not for us"),
    ("dropped", "Set aside"),
]
OPEN = ("new", "correcting")
# Answers that somebody gives; nobody is told of what is set aside.
ANSWERS = ("corrected", "right", "foreign", "dropped")
LINK = "website_content_report.follow"
LINK_DAYS = 365
# Nobody has written in a correction since: its report waits for an answer again.
LEFT_DAYS = 14
WORD_MAX = 1000


class ContentReport(models.Model):
    """What a reader says is wrong on a page, until whoever keeps the page has answered.

    Read by the staff; answered on the site by those who contribute to the content. The address
    of the reader serves once, to tell her, and is read by nobody.
    """

    _name = "content.report"
    _description = "Error reported on a content"
    _inherit = ["privacy.retention.answered.mixin", "website.message.mixin"]
    _order = "id desc"

    name = fields.Char("Page", required=True, readonly=True)
    type_id = fields.Many2one(
        "content.type", "Kind", required=True, readonly=True, index=True, ondelete="cascade"
    )
    res_model = fields.Char(related="type_id.model", store=True, index=True)
    res_id = fields.Many2oneReference("Content", model_field="res_model", readonly=True, index=True)
    commune_ids = fields.Many2many("territory.commune", readonly=True, string="Communes")
    topic = fields.Selection(TOPICS, "What is wrong", required=True, readonly=True)
    text = fields.Text("What is right", readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="new", index=True)
    first_id = fields.Many2one(
        "content.report", "Same as", readonly=True, index="btree_not_null", ondelete="set null"
    )
    same_ids = fields.One2many("content.report", "first_id", "Said by others too", readonly=True)
    revision_id = fields.Many2one(
        "content.revision", "Correction", readonly=True, index="btree_not_null"
    )
    word = fields.Text("What is answered", readonly=True)

    # ------------------------------------------------------------
    # Said by anybody
    # ------------------------------------------------------------

    @api.model
    def _file(self, content, topic, text, email=""):
        """What a reader says of a page that everybody reads, in superuser mode.

        The same thing said twice waits once: its owner is told of the first one only, and of what
        is said while she corrects: she does not look there any more.

        :param email: it is written to once, by the answer
        :raise UserError: this address is written to too often
        """
        content_sudo = content.sudo()
        if topic not in content_sudo._get_report_topics():
            raise UserError(self.env._("Choose what is wrong."))
        sender = self._prepare_sender(email)
        type_id = self.env["content.type"]._get_id(content._name)
        Report_sudo = self.sudo()
        first_sudo = Report_sudo.search(
            [
                ("type_id", "=", type_id),
                ("res_id", "=", content.id),
                ("topic", "=", topic),
                ("state", "in", OPEN),
                ("first_id", "=", False),
            ],
            limit=1,
        )
        report_sudo = Report_sudo.create(
            {
                "name": content_sudo.display_name,
                "type_id": type_id,
                "res_id": content.id,
                "commune_ids": [Command.set(content_sudo._get_approval_communes().ids)],
                "topic": topic,
                "text": (text or "").strip()[:WORD_MAX],
                **sender,
                "first_id": first_sudo.id,
                "state": first_sudo.state or "new",
                "revision_id": first_sudo.revision_id.id,
            }
        )
        if first_sudo.state != "new":
            report_sudo._tell_owners()
        return report_sudo

    def _get_content(self):
        """The content, with the rights of the caller; none if it is gone."""
        self.ensure_one()
        report_sudo = self.sudo()
        return self.env[report_sudo.res_model].browse(report_sudo.res_id or ()).exists()

    def _get_group(self):
        """It, and what others said of the same thing."""
        self.ensure_one()
        first = self.first_id or self
        return first | first.same_ids

    # ------------------------------------------------------------
    # Answered by those who keep the page
    # ------------------------------------------------------------

    def _may_answer(self, user):
        """Whoever contributes to the content, or reads what is proposed of it."""
        self.ensure_one()
        report_sudo = self.sudo()
        content_sudo = report_sudo._get_content()
        if content_sudo:
            if content_sudo._may_propose(user):
                return True
        elif user._is_content_staff():
            return True
        Validator = self.env["content.validator"]
        return user._is_internal() and bool(Validator._find_rows(report_sudo, user))

    def _check_answer(self):
        if not self._may_answer(self.env.user):
            raise AccessError(self.env._("This page is kept by somebody else."))
        lock_or_replay(self.sudo()._get_group())
        if self.sudo().state not in OPEN:
            raise UserError(self.env._("Somebody has answered already."))

    def _answer(self, answer, word=""):
        """Told to all those who said it and left an address.

        :param answer: one of `ANSWERS`; "dropped" is of this message, and of those without address
        :param word: read on the page of the message only: a mail of ours has words of ours
        """
        self._check_answer()
        word = (word or "").strip()[:WORD_MAX]
        if answer not in ANSWERS:
            raise UserError(self.env._("Choose an answer."))
        if answer == "foreign" and not word:
            raise UserError(self.env._("Say in a word whom to ask: it helps the person."))
        group_sudo = self.sudo()._get_group()
        if answer == "dropped":
            group_sudo = self.sudo()._leave_waiting()
        group_sudo._close(answer, word, self.env.user)

    def _leave_waiting(self):
        """An insult said first takes no true message with it: who left an address is answered.

        In superuser mode.

        :return: what is set aside
        """
        self.ensure_one()
        group, was_told = self._get_group(), self.first_id
        aside = self | group.filtered(lambda report: not report.wants_answer)
        rest = (group - aside).sorted("id")
        self.first_id = False
        (aside - self).first_id = self
        rest[:1].first_id = False
        rest[1:].first_id = rest[:1]
        if rest and rest[0] != was_told:
            rest[0]._tell_owners()
        return aside

    def _close(self, answer, word, user):
        """In superuser mode."""
        self.write(
            {
                "state": answer,
                "word": word,
                "answered_by_id": user.id,
                "date_answered": fields.Datetime.now(),
            }
        )
        if answer != "dropped":
            for report in self.filtered("email"):
                report._tell_author()

    def _correct(self):
        """A change of the page that will answer it, once it is published.

        :return: `content.revision`: the user's
        """
        self._check_answer()
        content = self._get_content()
        if not content:
            raise UserError(self.env._("This page no longer exists."))
        revision = content._propose()
        group_sudo = self.sudo()._get_group()
        group_sudo.write({"state": "correcting", "revision_id": revision.id})
        return revision

    @api.model
    def _close_corrected(self, revision):
        """What this change corrects is answered: it is published."""
        waiting_sudo = self.sudo().search(
            [("revision_id", "=", revision.id), ("state", "=", "correcting")]
        )
        if waiting_sudo:
            waiting_sudo._close("corrected", "", revision.sudo().author_id)

    @api.model
    def _reopen_given_up(self, revision):
        """Its correction will not come: it waits for an answer again."""
        self.sudo().search([("revision_id", "=", revision.id), ("state", "=", "correcting")]).write(
            {"state": "new", "revision_id": False}
        )

    @api.model
    def _cron_reopen(self):
        """A correction that was begun, and that nobody writes nor sends any more."""
        limit = fields.Datetime.now() - timedelta(days=LEFT_DAYS)
        left_sudo = self.sudo().search(
            [
                ("state", "=", "correcting"),
                ("revision_id.state", "in", EDITABLE),
                ("revision_id.write_date", "<", limit),
            ]
        )
        left_sudo.write({"state": "new", "revision_id": False})
        for report in left_sudo.filtered(lambda each: not each.first_id and each._get_content()):
            report._tell_owners()

    def action_open_page(self):
        """Where it is answered, on the site."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/my/contributions/signalements/{self.id}",
            "target": "self",
        }

    @api.model
    def _find_received(self, user, domain=()):
        """Those that this person may answer, in superuser mode; one for each group."""
        domain = Domain(domain or Domain.TRUE) & Domain("first_id", "=", False)
        found_sudo = self.sudo()
        if user._is_internal():
            found_sudo |= self.with_user(user).search(domain, limit=200).sudo()
        organisations = user._get_organisations()
        if organisations:
            owned = Domain.FALSE
            for type_sudo in self.env["content.type"].sudo().search([], limit=100):
                Model_sudo = self.env[type_sudo.model].sudo()
                kept = Model_sudo._get_contributed_domain(
                    organisations, self.env["territory.commune"]
                )
                ids = Model_sudo.search(kept).ids
                owned |= Domain("type_id", "=", type_sudo.id) & Domain("res_id", "in", ids)
            found_sudo |= self.sudo().search(domain & owned, limit=200)
        return found_sudo.filtered(lambda report: report._may_answer(user)).sorted(
            lambda report: (report.state not in OPEN, -report.id)
        )

    # ------------------------------------------------------------
    # Told
    # ------------------------------------------------------------

    def _tell_owners(self):
        self.ensure_one()
        for user in self._get_content()._get_keepers():
            self._send("website_content_report.mail_received", user.email_formatted, user.lang)

    def _tell_author(self):
        self.ensure_one()
        self._send("website_content_report.mail_answered", self.email)

    def _get_sentence(self):
        """What became of it, as the reader who said it is told."""
        self.ensure_one()
        return {
            "new": self.env._(
                "Whoever keeps this page has your message, and has not answered yet."
            ),
            "correcting": self.env._("Whoever keeps this page is correcting it."),
            "corrected": self.env._("It is corrected. Thank you: others read the right thing now."),
            "right": self.env._("Whoever keeps this page has checked: it was right."),
            "foreign": self.env._("Whoever keeps this page cannot correct it."),
            "dropped": self.env._("Nothing was changed."),
        }[self.state]

    def _get_url(self):
        self.ensure_one()
        return f"{self.get_base_url()}/my/contributions/signalements/{self.id}"

    def _get_page_url(self):
        """The public page, if there still is one."""
        self.ensure_one()
        content_sudo = self.sudo()._get_content()
        return content_sudo._get_content_url() if content_sudo and content_sudo._is_shown() else ""

    # ------------------------------------------------------------
    # Followed by a link
    # ------------------------------------------------------------

    def _get_follow_url(self):
        """The signature is the key: whoever has this address reads what she wrote."""
        self.ensure_one()
        token = sign_row(self.sudo(), LINK, expiration_hours=24 * LINK_DAYS)
        return f"/signaler-une-erreur/suivi/{token}"

    @api.model
    def _find_by_token(self, token):
        """In superuser mode: the signature is the check. None: forged, too old, or erased."""
        return find_row(self.sudo(), LINK, token)[0]

    # ------------------------------------------------------------
    # What is past its time: privacy_retention
    # ------------------------------------------------------------

    def _get_retention_kind(self):
        return self.env._("Errors reported on pages")
