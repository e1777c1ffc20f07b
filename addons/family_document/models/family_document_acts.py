from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.locks import lock_or_replay

REASON_LENGTH = 500


class FamilyDocumentActs(models.AbstractModel):
    """Who gives a paper, who checks it. The access file lets nobody write: these methods check."""

    _name = "family.document.acts"
    _description = "Acts on a paper"

    @api.model
    def _give(self, parent, kind, children, upload, date_end=False):
        """One paper, for one child or for several at once; for none when it is about the parent.

        What was accepted before stays until this one is accepted too; what nobody had accepted
        yet gives way to it.

        :param upload: what `public.guard._check_upload` returned
        :param date_end: what was chosen or typed, see `family.document.kind._read_end`
        :return: the rows that stand, in superuser mode
        :raise AccessError, UserError:
        """
        kind_sudo = kind.sudo()
        if kind_sudo.about == "adult":
            self._check_is_parent(parent)
            children = children.browse()
        elif not children:
            raise UserError(self.env._("Choose one child at least."))
        for child in children:
            self._check_may_say(child, parent)
        if not kind_sudo.active:
            raise UserError(self.env._("This paper is no longer asked."))
        today = clock.today()
        date_end, problem = kind_sudo._read_end(date_end, today)
        if problem:
            raise UserError(problem)
        # Two presses at once: the second one meets what the first one gave.
        parent.sudo()._meet()
        rows_sudo = self.sudo().browse()
        for child in children or [children.browse()]:
            waiting_sudo = self._find_same(parent, kind, child, ("given", "refused"))
            last_sudo = waiting_sudo[:1]
            if (
                last_sudo.state == "given"
                and last_sudo.sha256 == upload["sha256"]
                and last_sudo.date_end == date_end
            ):
                rows_sudo |= last_sudo
                continue
            waiting_sudo._set_replaced()
            rows_sudo |= self.sudo().create(
                {
                    "kind_id": kind.id,
                    "child_id": child.id,
                    "parent_id": parent.id,
                    "date_start": today,
                    "date_end": date_end,
                    **self._prepare_file(upload),
                }
            )
        (parent | children)._refresh_reader_services()
        return rows_sudo

    @api.model
    def _prepare_file(self, upload):
        names = ("name", "mimetype", "size", "pages", "sha256")
        return {name: upload[name] for name in names} | {"file": self._encode(upload["content"])}

    @api.model
    def _check_is_parent(self, parent):
        """She gives what is about herself, since she answers for a child."""
        if parent != self.env.user.partner_id:
            parent._check_file_read_by_user()
        if not parent._children_i_may_act_for():
            raise AccessError(self.env._("You cannot say anything about this child."))

    @api.model
    def _find_same(self, parent, kind, child, states):
        """Of the same parent, about the same person, the last first; in superuser mode."""
        return self.sudo().search(
            Domain("parent_id", "=", parent.id)
            & Domain("kind_id", "=", kind.id)
            & Domain("child_id", "=", child.id or False)
            & Domain("state", "in", states)
            & Domain("replaced_on", "=", False),
            order="id desc",
        )

    def _set_replaced(self):
        """Another one took its place: it counts no more. In superuser mode."""
        self.replaced_on = clock.today()
        # PostgreSQL compares what comes next with the rows that it has.
        self.flush_recordset(["replaced_on"])

    @api.model
    def _list_for(self, parent, children):
        """What this parent gave and may still matter to her, the last first; in superuser mode.

        :param children: among those for whom she answers today
        """
        about = Domain("child_id", "in", children.ids) | Domain("child_id", "=", False)
        domain = Domain("parent_id", "=", parent.id) & Domain("replaced_on", "=", False)
        return self.sudo().search(domain & about, order="id desc")

    # ------------------------------------------------------------
    # Checking
    # ------------------------------------------------------------

    def action_accept(self):
        """It is what was asked."""
        self._accept()

    def _accept(self, date_end=None):
        """The paper that it replaces is over.

        :param date_end: its last day as it is written on it; None: as the parent said
        :raise AccessError, UserError:
        """
        self._check_may_decide("given")
        for row_sudo in self.sudo():
            if date_end and date_end < row_sudo.date_start:
                raise UserError(self.env._("It ended before it was given: refuse it."))
            row_sudo._find_same_as_this("accepted", "refused")._set_replaced()
            values = {} if date_end is None else {"date_end": date_end}
            row_sudo.write({**values, "state": "accepted", **self._sign()})

    def _refuse(self, reason):
        """It is not what was asked, and the parent is told why: on her page, and by e-mail.

        :raise AccessError, UserError:
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: the parent reads it."))
        if len(reason) > REASON_LENGTH:
            raise UserError(self.env._("500 characters at most."))
        self._check_may_decide("given", "accepted")
        for row_sudo in self.sudo():
            row_sudo._find_same_as_this("refused")._set_replaced()
            row_sudo.write({"state": "refused", "reason": reason, **self._sign()})
            row_sudo._tell_refused()

    def _find_same_as_this(self, *states):
        self.ensure_one()
        return self._find_same(self.parent_id, self.kind_id, self.child_id, states) - self

    def _sign(self):
        return {"checked_on": clock.today(), "checked_by_id": self.env.uid}

    def _check_may_decide(self, *states):
        """Another member of the staff, who reads the file of whom it is about.

        :raise AccessError, UserError:
        """
        for row_sudo in self.sudo():
            child, parent = (
                each.sudo(self.env.su) for each in (row_sudo.child_id, row_sudo.parent_id)
            )
            (child or parent)._check_file_read_by_user()
            parent._check_not_own(self.env._("A colleague checks your own papers."))
            if child:
                self.env["privacy.consent"]._check_not_other_parent(child, parent)
        lock_or_replay(self.sudo())
        if any(row.replaced_on or row.state not in states for row in self.sudo()):
            raise UserError(
                self.env._(
                    "This paper was checked or replaced meanwhile. Open the list again to see it."
                )
            )

    def _tell_refused(self):
        """In superuser mode. Who answers for the child no more is told nothing."""
        self.ensure_one()
        parent = self.parent_id
        if parent.email and (not self.child_id or self.child_id._is_child_accessible_by(parent)):
            template = self.env.ref("family_document.mail_refused")
            template._send_to(self, parent.email_formatted, parent.lang)

    def action_open_decision(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check a paper"),
            "res_model": "family.document.decision",
            "view_mode": "form",
            "target": "new",
            "context": {"default_document_id": self.id},
        }
