"""A number given to a wizard or to what surrounds a message tells nothing of what it names."""

import logging
from functools import partial

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TerritoryCommon
from .named_records import (
    Sweep,
    Targets,
    get_document_names,
    get_documents,
    give_document,
    swept_fields,
    swept_models,
    tell_field,
)

_logger = logging.getLogger(__name__)
ROWS = 40

PERSONAS = (
    "visitor",
    "resident",
    "agent",
    "childhood_agent",
    "secretary",
    "communication",
    "manager",
)

# What tells of people.
STRANGERS = (
    "res.partner",
    "res.users",
    "ir.attachment",
    "procedure.request",
    "procedure.document",
    "procedure.document.line",
    "territory.dwelling",
)

# Wizards that these may not make, even with what they read: nothing is to be told by them.
UNMADE = {
    # A member of a discussion, in which no resident is.
    "discuss.channel.member": {"visitor", "resident"},
    "mail.message": {"resident"},
    # By its author's own door only, in superuser mode.
    "auth_totp.wizard": {"agent", "childhood_agent", "secretary", "communication", "manager"},
    # Of a record that she does not read, or has none.
    # A line is one of a window that a service of hers opened.
    "family.sheet.child": {"agent", "childhood_agent", "secretary", "manager"},
    "family.sheet.consent": {"agent", "childhood_agent", "secretary", "manager"},
    "family.sheet.contact": {"agent", "childhood_agent", "secretary", "manager"},
    "household.change.acceptance": {"agent", "childhood_agent", "secretary", "manager"},
    "household.change.refusal": {"agent", "childhood_agent", "secretary", "manager"},
    # No paper was given here.
    "family.document.decision": {"agent", "childhood_agent", "secretary", "manager"},
    # Nor is a kind of paper asked.
    "family.document.entry": {"agent", "childhood_agent", "secretary", "manager"},
    # No season is there.
    "family.session.plan": {"agent", "childhood_agent", "secretary", "manager"},
    # No site either.
    "family.booking.entry": {"agent", "childhood_agent", "secretary", "manager"},
    # None of her services opens a family's file; a line is one of an entry of hers.
    "household.entry": {"agent", "secretary"},
    "household.entry.adult": {"agent", "childhood_agent", "secretary", "manager"},
    "household.entry.child": {"agent", "childhood_agent", "secretary", "manager"},
    "mail.notification": {"childhood_agent", "secretary", "communication"},
    "parental.authority.decision": {"agent", "secretary"},
    "procedure.completion.wizard.line": {"manager"},
    "procedure.signature.wizard": {"agent", "childhood_agent", "secretary", "manager"},
    "procedure.slot.move.option": {"manager"},
    # No school year is entered here.
    "school.registration": {"agent", "childhood_agent", "secretary", "manager"},
    "situation.change.linking": {"agent", "childhood_agent", "secretary", "manager"},
    # No stop of a round is planned here.
    "waste.handover.sign": {"agent", "childhood_agent", "manager"},
}
# Fields that name, on purpose, a record that is not read.
SHOWN = {
    ("mail.message", "author_id"): "the contact of a service, which signs",
    ("mail.notification", "author_id"): "same",
    ("procedure.procedure", "processing_id"): "the entry is published under the form",
    ("procedure.request", "dwelling_id"): "the address is an answer of the request",
    ("res.company", "paperformat_id"): "Odoo's own",
    ("res.company", "partner_id"): "the institution itself",
    ("res.company", "resource_calendar_id"): "Odoo's own",
    ("res.partner", "properties_base_definition_id"): "Odoo's own",
    ("res.users", "properties_base_definition_id"): "Odoo's own",
    ("territory.service", "partner_id"): "the contact of a service, of the same name",
    ("website", "partner_id"): "Odoo's own visitor",
    ("website.menu", "page_id"): "a page of the site",
}


@tagged("post_install", "-at_install", "-standard", "sweep_rights")
class TestNamedRecords(TerritoryCommon):
    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_what_is_kept_names_nothing_either(self):
        """Rows of every model that she reads, and each record that these name."""
        leaks, named, pairs = set(), 0, set()
        for user in map(self.users.get, PERSONAS):
            targets = Targets(user)
            for records, field in self._get_kept(user):
                if hidden := targets.get_named(records, field):
                    named += len(hidden)
                    pairs.add((records._name, field.name))
                    told = tell_field(records, field)
                    if any(name in told for name in hidden.values()):
                        leaks.add((user.login, records._name, field.name))
        _logger.info("%s unreadable records named by %s fields", named, len(pairs))
        self.assertFalse({leak for leak in leaks if leak[1:] not in SHOWN})
        self.assertGreater(len(pairs), 50)
        self.assertFalse(set(SHOWN) - {leak[1:] for leak in leaks}, "no longer needed")

    def _get_kept(self, user):
        for name in sorted(self.env.registry):
            Model = self.env(user=user)[name].with_context(active_test=False)
            if Model._abstract or not Model._auto or not Model.has_access("read"):
                continue
            if records := Model.search([], order="id desc", limit=ROWS):
                for field in Model._fields.values():
                    if (
                        field.type in ("many2one", "many2many")
                        and not field.comodel_name.startswith("ir.")
                        and Model._has_field_access(field, "read")
                    ):
                        yield records, field

    def _get_values(self, model, user):
        """What such a record needs, filled with what its author may read."""
        Model = self.env(user=user)[model]
        values = {}
        for field in Model._fields.values():
            if not field.required or field.default or (field.compute and not field.required):
                continue
            if not field.store or field.name in ("create_uid", "write_uid"):
                continue
            values[field.name] = self._get_value(Model, field)
        return {**values, **self._get_own_values(model, user)}

    def _get_value(self, Model, field):
        match field.type:
            case "many2one":
                return Model.env[field.comodel_name].search([], limit=1).id
            case "selection":
                return field.get_values(Model.env)[0]
            case "integer" | "float":
                return 1
            case "boolean":
                return True
            case "many2many":
                return [(4, Model.env.user.partner_id.id, 0)]
            case "date" | "datetime":
                return "2099-01-01"
            case _:
                return "x"

    def _get_own_values(self, model, user):
        """What core wants besides, and does not say by `required`."""
        partner = user.partner_id
        match model:
            case "mail.activity":
                return {"user_id": user.id}
            case "mail.activity.schedule.line":
                schedule = self.env(user=user)["mail.activity.schedule"].create({})
                return {"activity_schedule_id": schedule.id}
            case "mail.followers.edit":
                return {"res_model": partner._name, "res_ids": str(partner.ids)}
            case "mail.notification":
                return {"res_partner_id": partner.id, "notification_type": "email"}
            case "mail.scheduled.message":
                channel = self._get_channel(user)
                return {"model": channel._name, "res_id": channel.id, "author_id": partner.id}
            case "discuss.channel.member":
                colleague = self.users["manager" if user != self.users["manager"] else "agent"]
                channel = self._get_channel(user)
                return {"channel_id": channel.id, "partner_id": colleague.partner_id.id}
            case "procedure.completion.wizard.line":
                Request = self.env(user=user)["procedure.request"]
                wizard = self.env(user=user)["procedure.completion.wizard"]
                request = Request.search([("service_id", "in", user.territory_service_ids.ids)])[:1]
                return (
                    {"wizard_id": wizard.create({"request_id": request.id}).id} if request else {}
                )
            case "procedure.slot.move.option":
                Request = self.env(user=user)["procedure.request"]
                wizard = self.env(user=user)["procedure.slot.move.wizard"]
                request = Request.search([("service_id", "in", user.territory_service_ids.ids)])[:1]
                values = {"request_id": request.id, "question_key": "slot"}
                more = {"name": "9 h", "start": "2026-03-24 08:00:00"}
                return {"wizard_id": wizard.create(values).id, **more} if request else {}
            case "procedure.list.row" | "procedure.list.load":
                List = self.env(user=user)["procedure.list"]
                return {"list_id": List.create({"name": "Rues", "code": f"x{model[-3:]}"}).id}
            case "waste.round" | "waste.holiday.proposal" | "waste.round.load" | "waste.badge":
                return {"service_id": self.waste.id}
            case "waste.round.shift":
                return {"service_id": self.waste.id, "operation": "none"}
            case "waste.round.street":
                vals = {"name": f"Tournée {user.id}", "service_id": self.waste.id}
                return {"round_id": self.env["waste.round"].create(vals).with_user(user).id}
            case "waste.holiday.proposal.line":
                Proposal = self.env(user=user)["waste.holiday.proposal"]
                return {"proposal_id": Proposal.create({"service_id": self.waste.id}).id}
            case "procedure.version.link":
                procedure = self.procedure.with_user(user)
                return {"version_id": procedure.action_new_version().id}
            case _:
                return {}

    def _get_channel(self, user):
        Channel = self.env(user=user)["discuss.channel"]
        if not Channel.has_access("create"):
            return Channel
        return Channel.create({"name": "Groupe", "channel_type": "group"})

    @mute_logger(
        "odoo.sql_db",
        "odoo.models",
        "odoo.addons.base.models.ir_model",
        "odoo.addons.base.models.ir_rule",
    )
    def test_sweep(self):
        tries = refused = 0
        leaks, unmade, fields = [], {}, set()
        for persona in PERSONAS:
            user = self.users[persona]
            targets = Targets(user)
            for model in swept_models(self.env):
                Model = self.env(user=user)[model]
                if not Model.has_access("create"):
                    continue
                sweep = Sweep(targets, model, self._get_values(model, user)).run()
                if not sweep.is_made:
                    unmade.setdefault(model, set()).add(persona)
                fields |= {(model, field.name) for field in swept_fields(Model)}
                tries += sweep.tries
                refused += sweep.refused
                leaks += sweep.leaks
        _logger.info("%s fields: %s tries, %s refused", len(fields), tries, refused)
        self.assertFalse(leaks)
        self.assertEqual(unmade, UNMADE)
        self.assertGreater(refused, 1000)
        self.assertGreater(tries - refused, 500, "what names nothing is shown")

    @mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_rule")
    def test_an_ordinary_record_names_no_stranger_either(self):
        """A person, a request or a file, by each many2one that she may write: what is made of the
        record in superuser mode (a notice, an export) would tell them."""
        tries, pairs, opened = 0, set(), set()
        for user in (self.users[persona] for persona in (*PERSONAS, "dpo")):
            targets = Targets(user)
            for way, field in self._get_ways(user):
                for target, _words in targets.get(field.comodel_name):
                    tries += 1
                    pairs.add(str(field))
                    # Another error would say that there is such a record, or its name.
                    if self._get_error(way, {field.name: target.id}) is not AccessError:
                        opened.add((user.login, str(field)))
        _logger.info("%s tries by %s fields", tries, len(pairs))
        self.assertFalse(opened)
        self.assertGreater(tries, 50)
        self.assertLessEqual(
            {"privacy.processing.controller_id", "procedure.request.user_id"}, pairs
        )

    def _get_ways(self, user):
        """Each many2one to a stranger that she writes, and how: in a new record, and in one that
        is there; only what succeeds without the stranger."""
        for name in sorted(self.env.registry):
            Model = self.env(user=user)[name].with_context(active_test=False)
            if Model._abstract or not Model._auto or Model._transient:
                continue
            fields = [
                field
                for field in swept_fields(Model)
                if field.type == "many2one"
                and field.comodel_name in STRANGERS
                and not field.readonly
                and Model._has_field_access(field, "write")
            ]
            if not fields:
                continue

            create = partial(self._create, Model)

            ways = (
                [create] if Model.has_access("create") and not self._get_error(create, {}) else []
            )
            if Model.has_access("write"):
                record = Model.search([], limit=ROWS)._filtered_access("write")[:1]
                ways += [record.write] if record else []
            yield from ((way, field) for way in ways for field in fields)

    @mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_rule")
    def test_nothing_is_moved_to_a_foreign_record(self):
        """What names its record by a model and a number: made elsewhere, then moved there."""
        tries, moved, models = 0, set(), set()
        for user in map(self.users.get, PERSONAS):
            targets = Targets(user)
            for name in sorted(self.env.registry):
                Model = self.env(user=user)[name]
                # A wizard checks its record when it acts.
                if Model._abstract or Model._transient or not Model._auto:
                    continue

                create = partial(self._create, Model)

                for names in get_document_names(Model):
                    if self._get_error(create, {}):
                        continue
                    models.add(name)
                    record = create({})
                    for target, _words in get_documents(targets):
                        tries += 1
                        given = give_document(Model, names, target)
                        error = self._get_error(record.write, given)
                        if not error or not issubclass(error, UserError):
                            moved.add((user.login, name, target._name))
        _logger.info("%s tries of %s models", tries, len(models))
        self.assertFalse(moved)
        self.assertLess({"ir.attachment", "mail.activity", "mail.scheduled.message"}, models)

    def _create(self, Model, given):
        return Model.create({**self._get_values(Model._name, Model.env.user), **given})

    def _get_error(self, way, values):
        """The class of what refuses them; None when they are taken."""
        try:
            with self.env.cr.savepoint():
                way(values)
                self.env.flush_all()
                raise _Undo
        except _Undo:
            return None
        except Exception as error:  # noqa: BLE001 (judged by its class)
            return type(error)
        finally:
            self.env.invalidate_all()


class _Undo(Exception):
    """What was tried leaves nothing behind."""
