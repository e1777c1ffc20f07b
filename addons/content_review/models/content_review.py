import secrets
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import hash_sign

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.links import find_row, read_signed, sign_row
from odoo.addons.territory_base.locks import lock_or_replay

STATES = [
    ("asked", "Asked"),
    ("confirmed", "Confirmed"),
    ("correcting", "Correction proposed"),
    ("corrected", "Corrected"),
    ("withdrawn", "Withdrawal proposed"),
    ("silent", "No answer"),
]
LINK = "content_review.answer"
LINK_DAYS = 45
# What proves, on the page after an answer, that it was given by this browser a moment ago.
DONE = "content_review.done"
DONE_TIME = timedelta(minutes=10)


class ContentReview(models.Model):
    """Whether a content is still right, asked of whoever keeps it; the journal of the answers."""

    _name = "content.review"
    _description = "Check of a content"
    _order = "id desc"

    name = fields.Char("Page", required=True, readonly=True)
    type_id = fields.Many2one(
        "content.type", "Kind", required=True, readonly=True, index=True, ondelete="cascade"
    )
    res_model = fields.Char(related="type_id.model", store=True, index=True)
    res_id = fields.Many2oneReference("Content", model_field="res_model", readonly=True, index=True)
    commune_ids = fields.Many2many("territory.commune", readonly=True, string="Communes")
    # The first one, by which it is counted once.
    commune_id = fields.Many2one("territory.commune", readonly=True, ondelete="set null")
    category = fields.Char(readonly=True)
    campaign_id = fields.Many2one(
        "content.review.campaign", readonly=True, index=True, ondelete="restrict"
    )
    user_ids = fields.Many2many("res.users", readonly=True, string="Asked of")
    state = fields.Selection(STATES, required=True, readonly=True, default="asked", index=True)
    nonce = fields.Char(groups=fields.NO_ACCESS, readonly=True)
    date_asked = fields.Date("Asked on", readonly=True)
    date_reminded = fields.Date("Asked again on", readonly=True)
    date_answered = fields.Datetime("Answered on", readonly=True)
    answered_by_id = fields.Many2one("res.users", "Answered by", readonly=True, ondelete="set null")
    is_by_link = fields.Boolean("By the link of a mail", readonly=True)
    revision_id = fields.Many2one(
        "content.revision", "Change", readonly=True, index="btree_not_null"
    )

    _open_uniq = models.UniqueIndex(
        "(res_model, res_id) WHERE state = 'asked'", "This is being asked already."
    )

    # ------------------------------------------------------------
    # Asked
    # ------------------------------------------------------------

    @api.model
    def _make(self, content, campaign=None):
        """In superuser mode: written by its methods only."""
        content_sudo = content.sudo()
        communes_sudo = content_sudo._get_approval_communes()
        return self.sudo().create(
            {
                "name": content_sudo.display_name,
                "type_id": self.env["content.type"]._get_id(content._name),
                "res_id": content.id,
                "commune_ids": [Command.set(communes_sudo.ids)],
                "commune_id": communes_sudo[:1].id,
                "category": content_sudo._get_category_name(),
                "campaign_id": campaign.id if campaign else False,
                "nonce": secrets.token_urlsafe(16),
                "date_asked": clock.today(),
            }
        )

    @api.model
    def _find_open(self, content):
        """In superuser mode."""
        return self.sudo().search(self._content_domain(content) & Domain("state", "=", "asked"))

    @api.model
    def _content_domain(self, content):
        type_id = self.env["content.type"]._get_id(content._name)
        return Domain("type_id", "=", type_id) & Domain("res_id", "=", content.id)

    def _get_content(self):
        self.ensure_one()
        review_sudo = self.sudo()
        return self.env[review_sudo.res_model].browse(review_sudo.res_id or ()).exists()

    def _send(self, user):
        """One mail for all of them: each with its link, which is hers."""
        template = self.env.ref("content_review.mail_asked")
        template = template.with_context(reader=user, reviews=self)
        template._send_to(self[0], user.email_formatted, user.lang)
        self.env["mail.mail"].sudo()._trigger_queue()

    # ------------------------------------------------------------
    # Answered
    # ------------------------------------------------------------

    def _check_open(self, user):
        self.ensure_one()
        review_sudo = self.sudo()
        lock_or_replay(review_sudo)
        problem = review_sudo._get_problem(user)
        if problem:
            raise UserError(problem)

    def _get_problem(self, user):
        """Why this person cannot answer it any more, in a sentence; empty when she can."""
        self.ensure_one()
        content_sudo = self._get_content().sudo()
        if self.state == "silent":
            return self.env._(
                "The time to answer is over, and nothing of your page has changed. Sign in to say "
                "that it is right, or to correct it: it is never too late."
            )
        if self.state != "asked":
            return self.env._("This was answered already. You have nothing to do.")
        if not content_sudo or not content_sudo._is_shown():
            return self.env._("This page is not online any more. You have nothing to do.")
        if not user.active or not content_sudo._may_propose(user):
            return self.env._("This page is kept by somebody else now. You have nothing to do.")
        return ""

    def _confirm(self, user, is_by_link=False):
        """All of the page is right: its date, and nothing else of it, changes.

        :param user: who answers: the signed-in person, or she to whom the link was sent
        """
        self._check_open(user)
        self._get_content()._mark_verified()
        self._close("confirmed", user, is_by_link=is_by_link)

    def _close(self, state, user, **values):
        self.sudo().write(
            {
                "state": state,
                "answered_by_id": user.id,
                "date_answered": fields.Datetime.now(),
                **values,
            }
        )

    def _start_change(self, revision):
        """A correction, or a withdrawal, was sent to be read."""
        state = "withdrawn" if revision.sudo().kind == "remove" else "correcting"
        for review_sudo in self.sudo():
            review_sudo._close(state, self.env.user, revision_id=revision.id)

    @api.model
    def _end_change(self, revision, content):
        reviews_sudo = self.sudo().search(
            [("revision_id", "=", revision.id), ("state", "=", "correcting")]
        )
        if reviews_sudo or revision.sudo().kind == "create":
            content._mark_verified()
        reviews_sudo.write({"state": "corrected"})

    @api.model
    def _cancel_change(self, revision):
        """Given up: it is asked again, unless its campaign is over or it is asked already."""
        answered_sudo = self.sudo().search(
            [("revision_id", "=", revision.id), ("state", "in", ("correcting", "withdrawn"))]
        )
        values = {"answered_by_id": False, "date_answered": False, "revision_id": False}
        for review_sudo in answered_sudo:
            is_over = review_sudo.campaign_id.state == "over"
            is_asked = bool(self._find_open(review_sudo._get_content()))
            state = "silent" if is_over or is_asked else "asked"
            review_sudo.write({**values, "state": state})

    # ------------------------------------------------------------
    # By a link
    # ------------------------------------------------------------

    def _get_link(self, user):
        """Path of the page where this person answers, once."""
        self.ensure_one()
        review_sudo = self.sudo()
        asked = review_sudo.date_reminded or review_sudo.date_asked
        end = fields.Datetime.to_datetime(asked) + timedelta(days=LINK_DAYS)
        token = sign_row(review_sudo, LINK, user.id, nonce="nonce", expiration=end)
        return f"/verifier/{token}"

    def _get_url(self):
        """For the mail that is being drawn."""
        return f"{self.get_base_url()}{self._get_link(self.env.context['reader'])}"

    @api.model
    def _find_by_token(self, token):
        """(row, user) in superuser mode: the signature is the check; none if forged or too old."""
        review_sudo, user_ids = find_row(self.sudo(), LINK, token, nonce="nonce")
        user_sudo = self.env["res.users"].sudo().browse(user_ids).exists()
        if not user_sudo:
            return review_sudo.browse(), user_sudo
        return review_sudo, user_sudo

    def _sign_done(self, user):
        """For the page after her answer: a link that was used opens no other one."""
        self.ensure_one()
        return hash_sign(self.sudo().env, DONE, [self.id, user.id], expiration=DONE_TIME)

    def _is_just_done(self, user, proof):
        self.ensure_one()
        return read_signed(self.sudo().env, DONE, proof) == [self.id, user.id]

    @api.model
    def _find_next(self, user):
        """What else is asked of this person, in superuser mode."""
        waiting_sudo = self.sudo().search(
            [("state", "=", "asked"), ("user_ids", "in", user.ids)], order="id"
        )
        return waiting_sudo.filtered(lambda review: not review._get_problem(user))
