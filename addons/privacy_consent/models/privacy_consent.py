from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL


class PrivacyConsent(models.Model):
    """An answer, which nobody writes: the next one of the same person takes its place, and both
    stay. Withdrawing is answering no."""

    _name = "privacy.consent"
    _description = "Consent"
    _order = "id desc"

    version_id = fields.Many2one(
        "privacy.consent.version", required=True, index=True, ondelete="restrict"
    )
    text_id = fields.Many2one(related="version_id.text_id", store=True, index=True)
    person_id = fields.Many2one(
        "res.partner", "About", required=True, index=True, ondelete="cascade"
    )
    author_id = fields.Many2one(
        "res.partner", "Answered by", required=True, index=True, ondelete="cascade"
    )
    answer = fields.Selection([("yes", "Yes"), ("no", "No")], required=True)
    channel = fields.Selection(
        [("web", "On the site"), ("counter", "At the counter"), ("paper", "On paper")],
        required=True,
        default="web",
    )
    # An account that is closed takes no answer with it, and is not held back by one.
    user_id = fields.Many2one(
        "res.users", "Written by", ondelete="set null", groups="base.group_user"
    )
    date = fields.Datetime("Answered on", required=True)

    stands = fields.Boolean(
        "Last answer",
        compute="_compute_stands",
        search="_search_stands",
        help="Its author has answered nothing else since.",
    )

    @api.depends("text_id", "person_id", "author_id")
    def _compute_stands(self):
        last = self.search(Domain("id", "in", self.ids) & Domain("stands", "=", True))
        for consent in self:
            consent.stands = consent in last

    @api.model
    def _search_stands(self, operator, value):
        if operator != "in" or len(value) != 1:
            return NotImplemented
        self.flush_model(["text_id", "person_id", "author_id"])
        last = SQL("(SELECT max(id) FROM privacy_consent GROUP BY text_id, person_id, author_id)")
        return Domain("id", "in" if True in value else "not in", last)

    @api.depends("text_id")
    def _compute_display_name(self):
        for consent in self:
            consent.display_name = consent.sudo().version_id.name

    @api.model
    def _answer(self, text, person, answer, author=None, channel="web", version=None):
        """What somebody answers, for herself or for a child over whom she has authority.

        :param author: who answered, when a member of the staff types it; else the user
        :param version: the words that were read; else those of today
        :return: the answer; the one that stands when nothing changes
        :raise AccessError: she may not answer for this person, or the staff does not read them
        :raise UserError: the words are others since
        """
        by_staff = bool(author)
        author = author or self.env.user.partner_id
        if by_staff:
            (person | author)._check_file_read_by_user()
            self._check_not_other_parent(person, author)
        self._check_may_answer(text, person, author)
        if answer not in ("yes", "no") or (text.kind == "reading" and answer == "no"):
            raise UserError(self.env._("Choose one of the answers proposed."))
        today = text._get_version()
        if version and version != today:
            raise UserError(self.env._("These words have changed: read them again."))
        version = today
        standing_sudo = self._get_latest(text, person).get(author)
        if standing_sudo and (standing_sudo.version_id, standing_sudo.answer) == (version, answer):
            return standing_sudo.sudo(self.env.su)
        return (
            self.sudo()
            .create(
                {
                    "version_id": version.id,
                    "person_id": person.id,
                    "author_id": author.id,
                    "answer": answer,
                    "channel": channel,
                    "user_id": self.env.uid,
                    "date": fields.Datetime.now(),
                }
            )
            .sudo(self.env.su)
        )

    @api.model
    def _check_may_answer(self, text, person, author):
        may = (
            person == author
            if text.about == "adult"
            else person != author and person._is_child_accessible_by(author)
        )
        if not may or not text._is_asked_about(person):
            raise AccessError(self.env._("You cannot answer for this person."))

    @api.model
    def _check_not_other_parent(self, person, author):
        """A member of the staff who is a parent of this child answers for herself, on the site."""
        own = self.env.user.partner_id
        if author != own and person.sudo().is_minor and person._is_child_accessible_by(own):
            raise AccessError(self.env._("A colleague types what the other parent says."))

    @api.model
    def _get_latest(self, text, person):
        """Dict of an author -> her last answer about this person, in superuser mode: whether
        others answered is told to the staff alone."""
        rows_sudo = self.sudo().search(
            [("text_id", "=", text.id), ("person_id", "=", person.id)], order="id desc"
        )
        latest = {}
        for row_sudo in rows_sudo:
            latest.setdefault(row_sudo.author_id, row_sudo)
        return latest

    @api.model
    def _get_standing(self, text, person, author):
        """What this author answered and needs not be asked again, in superuser mode."""
        answers = self._read_answers(text, person, author)
        last_sudo = answers.get((text, person), self.sudo().browse())
        return last_sudo.filtered(lambda row: row._is_heard())

    @api.model
    def _read_answers(self, texts, persons, author):
        """Dict (text, person) -> the last answer of this author, in superuser mode; one query."""
        rows_sudo = self.sudo().search(
            [
                ("text_id", "in", texts.ids),
                ("person_id", "in", persons.ids),
                ("author_id", "=", author.id),
            ],
            order="id",
        )
        return {(row_sudo.text_id, row_sudo.person_id): row_sudo for row_sudo in rows_sudo}

    def _is_heard(self):
        """A refusal is, whatever the words have become; who agreed did so to the words she read."""
        self.ensure_one()
        return self.answer == "no" or self.version_id in self.text_id._get_versions_alike()

    @api.model
    def _is_agreed(self, text, person):
        """Whether the service may go on: the answers of those who may still give one, one who
        refuses is heard; rules are those of today. In superuser mode inside.

        :return: False too when nobody answered
        """
        text_sudo, person_sudo = text.sudo(), person.sudo()
        latest = self._get_latest(text_sudo, person_sudo)
        if text_sudo.about == "adult":
            heard = person_sudo
        elif person_sudo.is_minor:
            heard = self._get_holders(person_sudo)
        else:
            # She answers for herself from her 18th birthday on.
            heard = person_sudo.browse()
        answers = {author: row for author, row in latest.items() if author in heard}
        if any(row.answer == "no" for row in answers.values()):
            return False
        agreed = [author for author, row in answers.items() if row._is_heard()]
        return len(agreed) == len(heard) > 0 if text_sudo.each_holder else bool(agreed)

    @api.model
    def _get_holders(self, child_sudo):
        """Who answers for this child today."""
        Authority_sudo = self.env["parental.authority"].sudo()
        domain = (
            Authority_sudo._current_domain()
            & Domain("child_id", "=", child_sudo.id)
            & Domain("grants_access", "=", True)
        )
        return Authority_sudo.search(domain).holder_id
