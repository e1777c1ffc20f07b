import hashlib
import json

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.territory_base import clock


class ProcedureVersion(models.Model):
    _name = "procedure.version"
    _inherit = ["procedure.version", "procedure.version.difference", "procedure.version.layout"]

    def action_open_builder(self):
        """The screen where the form is written; of a published version, where it is read."""
        self.ensure_one()
        self.procedure_id._check_manager()
        action = self.env["ir.actions.client"]._for_xml_id(
            "procedure_builder.procedure_builder_action"
        )
        return {
            **action,
            "display_name": self.display_name,
            "context": {"active_id": self.id, "active_model": self._name},
        }

    def action_share(self):
        """The links by which this draft is shown to a colleague without account."""
        self.ensure_one()
        self._check_builder(readonly=True)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "procedure_builder.procedure_version_link_action"
        )
        return {
            **action,
            "domain": [("version_id", "=", self.id)],
            "context": {"default_version_id": self.id},
        }

    def action_review_publication(self):
        """From the sheet of the draft itself."""
        self.ensure_one()
        return self.procedure_id.action_review_publication()

    def builder_load(self):
        """All that the builder shows of a version."""
        self._check_builder(readonly=True)
        Field = self.env["procedure.field"]
        communes = self.env["territory.commune"].search([], limit=1000)
        return {
            "types": Field._get_builder_types(),
            "groups": Field._get_builder_groups(),
            "operators": Field._get_builder_operators(),
            "prefills": Field._get_builder_prefills(),
            "days": Field._get_builder_days(),
            "communes": [
                {"value": commune.insee_code, "label": commune.name} for commune in communes
            ],
            "state": self._get_builder_state(),
        }

    def builder_refresh(self):
        """What may have changed since the screen was opened."""
        self._check_builder(readonly=True)
        return self._get_builder_state()

    def builder_new_version(self):
        """The draft that follows a published version: its id."""
        self._check_builder(readonly=True)
        return self.procedure_id.action_new_version().id

    def builder_get_difference(self):
        """What publishing this version would change, in sentences."""
        self._check_builder(readonly=True)
        other = self._get_previous_version()
        return {
            "number": other.number or False,
            "sentences": self._get_difference(other) if other else [],
            "stamp": self._get_builder_stamp(),
        }

    def builder_get_history(self):
        """The versions of this procedure: who, when, and what each one changed."""
        self._check_builder(readonly=True)
        states = dict(self._fields["state"]._description_selection(self.env))
        rows = []
        for version in self.procedure_id.version_ids.sorted("number", reverse=True):
            previous = version._get_previous_version()
            by = version.published_by_id or version.create_uid
            rows.append(
                {
                    "id": version.id,
                    "number": version.number,
                    "state": version.state,
                    "state_label": states[version.state],
                    "author": by.sudo().name,
                    "date": self._format_builder_date(version.published_on or version.create_date),
                    "previous": previous.number or False,
                    "sentences": version._get_difference(previous) if previous else [],
                }
            )
        return rows

    def builder_publish(self, stamp):
        """Publish the form as it was shown when its difference was read."""
        self._check_builder()
        if stamp != self._get_builder_stamp():
            raise UserError(
                self.env._("Somebody changed the form in the meantime. Read the changes again.")
            )
        self.action_publish()
        return self._get_builder_state()

    def _check_builder(self, readonly=False):
        self.ensure_one()
        self.procedure_id._check_manager()
        self.check_access("read" if readonly else "write")
        if not readonly:
            self._check_not_frozen()

    def _get_builder_state(self):
        procedure = self.procedure_id
        draft = procedure.version_ids.filtered(lambda version: version.state == "draft")
        return {
            "id": self.id,
            "number": self.number,
            "state": self.state,
            "procedure_id": procedure.id,
            "procedure": procedure.name,
            "published_number": procedure.version_id.number or False,
            "draft_id": draft.id or False,
            "author": self.published_by_id.sudo().name or "",
            "date": self._format_builder_date(self.published_on),
            "fields": [field._get_builder_field() for field in self.field_ids.sorted()],
            "problems": self.procedure_id._get_form_problems(self) if self.state == "draft" else [],
        }

    def _get_builder_stamp(self):
        """Changes whenever the form does."""
        content = [field._get_builder_field() for field in self.field_ids.sorted()]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def _get_previous_version(self):
        """The last published version before this one."""
        others = self.procedure_id.version_ids.filtered(
            lambda version: version.state != "draft" and version.number < self.number
        )
        return others.sorted("number")[-1:]

    def _format_builder_date(self, moment):
        if not moment:
            return ""
        return clock.local_time(moment).strftime("%d/%m/%Y %H:%M")
