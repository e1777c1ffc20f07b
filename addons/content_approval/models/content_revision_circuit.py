from psycopg2 import IntegrityError
from psycopg2.errors import UniqueViolation

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import mute_logger

from odoo.addons.territory_base.locks import lock_or_replay

from ..exceptions import ContentErrors, DraftBegun

EDITABLE = ("draft", "changes_asked")
PENDING = ("submitted", "changes_asked")


class ContentRevisionCircuit(models.AbstractModel):
    """What its author does, from a draft until it is sent, and who may do what."""

    _name = "content.revision.circuit"
    _description = "Proposed change: what its author does"

    # ------------------------------------------------------------
    # Begun
    # ------------------------------------------------------------

    @api.model
    def _begin(self, content, organisation=None, kind="update"):
        """The draft of a change of this content: the user's, or her colleagues', or a new one.

        :raise AccessError: she does not contribute to this content
        """
        content.ensure_one()
        user = self.env.user
        if not content._may_propose(user):
            raise AccessError(self.env._("You do not contribute to this page."))
        content_sudo = content.sudo()
        own = content_sudo._get_approval_organisations() & user._get_organisations()
        organisation = (organisation & own if organisation else own)[:1]
        communes = content_sudo._get_approval_communes()
        service = user._get_town_halls().filtered(lambda each: each.commune_ids & communes)[:1]
        found = self._find_begun(content, kind, organisation, service)
        if found:
            return found
        vals = {
            "name": content_sudo.display_name,
            "type_id": self.env["content.type"]._get_id(content._name),
            "res_id": content.id,
            "kind": kind,
            "author_id": user.id,
            "organisation_id": organisation.id,
            "service_id": service.id,
            "commune_ids": [Command.set(communes.ids)],
        }
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                revision = self._make(vals)
                revision.flush_recordset()
        except UniqueViolation as begun:
            # Two presses, two colleagues, at the same moment: played again, she finds it.
            raise ConcurrencyError("This change is being begun by another request") from begun
        revision._start_from(content_sudo)
        return revision.sudo(False)

    @api.model
    def _find_begun(self, content, kind, organisation, service):
        domain = self._begun_domain(content, kind, organisation, service, self.env.user)
        # What a reader has asked to correct comes first.
        return self.sudo().search(domain, order="state, id desc", limit=1).sudo(False)

    @api.model
    def _begun_domain(self, content, kind, organisation, service, author):
        """What is being written of this content in the same name: one draft, see `_draft_uniq`."""
        domain = self._pending_domain(content) & Domain("state", "in", EDITABLE)
        domain &= Domain("kind", "=", kind) & Domain("organisation_id", "=", organisation.id)
        if not organisation:
            domain &= Domain("service_id", "=", service.id)
            if not service:
                domain &= Domain("author_id", "=", author.id)
        return domain

    @api.model
    def _begin_new(self, model, organisation=None, communes=None, service=None):
        """The draft of a content that does not exist yet.

        :param organisation, service: in whose name; none of both given: hers, if she has one
        :param communes: where its readers are looked for
        """
        user, Model = self.env.user, self.env[model]
        organisation, service = self._choose_name(organisation, service, communes)
        if not Model._may_propose_new(user, organisation):
            raise AccessError(self.env._("You do not contribute to these pages."))
        communes = communes or service.commune_ids
        if Model._asks_commune and len(communes or ()) != 1:
            raise UserError(self.env._("Choose the commune of this page."))
        revision = self._make_new(
            model,
            communes,
            author_id=user.id,
            organisation_id=organisation.id,
            service_id=service.id,
        )
        return revision.sudo(False)

    @api.model
    def _prepare_for(self, service, model, communes, values):
        """The draft of a content that the platform begins for a town hall, in superuser mode.

        Its agents complete it and send it, or give it up: whoever sends it is its author.

        :param values: {name: value} of the open fields, as `_change` takes them
        :return: `content.revision`, in superuser mode
        """
        revision_sudo = self._make_new(model, communes, service_id=service.id)
        options = revision_sudo._get_model()._get_approval_fields()
        cleaned = {
            name: revision_sudo._clean(name, value, options[name], None)
            for name, value in values.items()
        }
        revision_sudo._set({"values": {**revision_sudo.values, **cleaned}})
        revision_sudo._rename()
        return revision_sudo

    @api.model
    def _prepare_removal_for(self, service, content, reason):
        """The draft of a removal that the platform begins for a town hall, in superuser mode; as
        those of `_prepare_for`.

        :param reason: the first message of the draft, for whoever sends it and whoever reads it
        :return: none where the town hall has begun it, where it is read, or where it is off the
            site
        """
        sent = Domain("kind", "=", "remove") & Domain("state", "=", "submitted")
        if (
            not content.sudo().is_online
            or self._find_begun(content, "remove", self.env["res.partner"], service)
            or self.sudo().search_count(self._pending_domain(content) & sent, limit=1)
        ):
            return self.browse()
        removal_sudo = self._make(
            {
                "name": content.sudo().display_name,
                "type_id": self.env["content.type"]._get_id(content._name),
                "res_id": content.id,
                "kind": "remove",
                "service_id": service.id,
                "commune_ids": [Command.set(content.sudo()._get_approval_communes().ids)],
            }
        )
        removal_sudo._start_from(content.sudo())
        removal_sudo._post(reason, self.env.company.partner_id)
        return removal_sudo

    @api.model
    def _make_new(self, model, communes, **names):
        """A content that does not exist yet, with nothing in it, in superuser mode.

        :param names: who began it, in whose name
        """
        type_sudo, Model = self.env["content.type"]._get_of(model), self.env[model]
        revision_sudo = self._make(
            {
                "name": type_sudo.name,
                "type_id": type_sudo.id,
                "kind": "create",
                "commune_ids": [Command.set(communes.ids if communes else [])],
                **names,
            }
        )
        blank = {
            name: self._serialize(Model.new({}), name, options)
            for name, options in Model._get_approval_fields().items()
        }
        revision_sudo._set({"values": blank, "base_values": blank})
        return revision_sudo

    @api.model
    def _choose_name(self, organisation, service, communes):
        """(organisation, town hall) of a new content, among hers, in superuser mode.

        :raise UserError: she has several, and none was chosen
        """
        user = self.env.user
        own, halls = user._get_organisations(), user._get_town_halls()
        here = halls.filtered(lambda each: each.commune_ids & communes) if communes else halls
        if organisation is None and service is None:
            if len(own) > 1 or (not own and len(here) > 1):
                raise UserError(self.env._("Say in whose name you propose this page."))
            return own, here[:1]
        organisation = own & (organisation or own.browse())
        if service is None or (organisation and not service):
            # Her colleagues of the town hall do not read it either.
            return organisation, here[:1]
        return organisation, halls & service

    def _start_from(self, content_sudo):
        self._set(
            {
                "base_values": (values := self._take_live(content_sudo)),
                "values": values,
                "base_body": content_sudo.body,
                "body": content_sudo.body,
                "base_version": content_sudo.version,
            }
        )

    # ------------------------------------------------------------
    # What its author does
    # ------------------------------------------------------------

    def action_submit(self, message=""):
        """Send it to those who read.

        :raise ContentErrors: a sentence for each field that prevents its publication
        :raise RevisionConflict: the page has changed since, at the same place
        """
        self.ensure_one()
        self._lock()
        self._check_editable()
        self._check_still_contributes()
        self._rebase()
        self._check_publishable()
        if message.strip():
            self._post(message)
        self._claim_author()
        self._set({"state": "submitted", "date_submitted": fields.Datetime.now()})
        self._set({"validator_ids": [Command.set(self._find_validators().ids)]})
        self._tell_readers(self.sudo().validator_ids)

    def _claim_author(self):
        """What the platform began is, from then on, of whoever sends it."""
        if not self.sudo().author_id:
            self._set({"author_id": self.env.uid})

    def _find_validators(self):
        self._follow_content()
        return self.env["content.validator"]._find_for(self.sudo())

    def _check_publishable(self):
        faults = self._get_faults()
        if faults:
            raise ContentErrors(faults)
        # What is off the site comes back as it was.
        is_shown = self._get_content().sudo().is_online
        if self.sudo().kind == "update" and is_shown and not self._get_changed_names():
            raise UserError(self.env._("Nothing has changed: there is nothing to send."))
        self._try_out()

    def _try_out(self):
        """Written, then undone: what a constraint of the content refuses is told to its author,
        not to whoever reads it."""
        content_sudo = self._get_content().sudo()
        refusal = None
        with self.env.cr.savepoint() as savepoint:
            try:
                self.sudo()._write_content(content_sudo)
                self.env.flush_all()
            except IntegrityError as error:
                refusal = error
            finally:
                savepoint.rollback()
                self.env.invalidate_all(flush=False)
        if refusal:
            Model = self._get_model()
            for model in self.env.registry.values():
                if model._table == refusal.diag.table_name:
                    Model = self.env[model._name]
            raise ValidationError(Model._sql_error_to_message(refusal)) from refusal

    def action_take_back(self):
        """Correct it before it is read."""
        self.ensure_one()
        self._lock()
        self._check_contributor()
        if self.sudo().state != "submitted":
            raise UserError(self.env._("It is not being read: there is nothing to take back."))
        self._check_draft_free()
        self._set({"state": "draft"})
        self._end_tasks()

    def _check_draft_free(self):
        """:raise DraftBegun: another change of this content was begun since, in the same name"""
        revision_sudo = self.sudo()
        draft_sudo = revision_sudo.search(
            self._begun_domain(
                self._get_content(),
                revision_sudo.kind,
                revision_sudo.organisation_id,
                revision_sudo.service_id,
                revision_sudo.author_id,
            )
            & Domain("state", "=", "draft")
            & Domain("id", "!=", self.id),
            limit=1,
        )
        if draft_sudo and draft_sudo._is_untouched():
            draft_sudo._give_up()
            draft_sudo.flush_recordset()
        elif draft_sudo:
            raise DraftBegun(
                self.env._(
                    "Another change of this page was begun since: send it or give it up first, "
                    "then take this one back."
                ),
                draft_sudo.sudo(False),
            )

    def _is_untouched(self):
        """Begun, and nothing typed in it."""
        return self.sudo().state == "draft" and not self._get_changed_names()

    def action_withdraw(self):
        """Give it up; it stays in the history, and nothing of it was published."""
        self.ensure_one()
        self._lock()
        self._check_contributor()
        if self.sudo().state not in (*EDITABLE, "submitted"):
            raise UserError(self.env._("It is over: it cannot be withdrawn."))
        self._give_up()

    def _give_up(self):
        """Hook: what it would have answered waits again."""
        self._set({"state": "withdrawn"})
        self._end_tasks()

    def action_comment(self, message):
        """A word to the other side: its author, or those who read it."""
        self.ensure_one()
        user = self.env.user
        if not (self._is_contributor(user) or self._is_reader(user)):
            raise AccessError(self.env._("This change is somebody else's."))
        if not (message or "").strip():
            raise UserError(self.env._("Write your message."))
        self._post(message)
        if self._is_contributor(user):
            self._tell_readers(self.sudo().validator_ids, "content_approval.mail_answer")
        else:
            self._tell_authors("content_approval.mail_message")

    def action_keep_mine(self):
        """After a conflict, seen: what its author wrote replaces what was published meanwhile."""
        self.ensure_one()
        self._lock()
        self._check_editable()
        self._move_to_live(self.sudo()._get_changed_names())

    # ------------------------------------------------------------
    # Who, and one at a time
    # ------------------------------------------------------------

    def _lock(self):
        """Two people press at the same moment: the second one meets what the first one did."""
        lock_or_replay(self)
        lock_or_replay(self._get_content())
        self.sudo().invalidate_recordset()

    def _check_contributor(self):
        if not self._is_contributor(self.env.user):
            raise AccessError(self.env._("This change is somebody else's."))

    def _check_reader(self, *states):
        """:raise AccessError: not chosen to read it, or not foreign to it"""
        self.ensure_one()
        if not self._is_reader(self.env.user):
            raise AccessError(
                self.env._("This change is read by somebody else than those who wrote it.")
            )
        if self.sudo().state not in states:
            raise UserError(self.env._("Somebody has already answered it."))

    def _check_review(self):
        self._check_reader("published", "archived")
        revision_sudo = self.sudo()
        if not revision_sudo.is_urgent or revision_sudo.reviewed_by_id:
            raise UserError(self.env._("Somebody has already answered it."))

    @api.model
    def _get_pending(self, content):
        """What waits to be read or corrected on this content, in superuser mode."""
        return self.sudo().search(self._pending_domain(content) & Domain("state", "in", PENDING))
