"""How a record is made to name another one that its author may not read, and what it then tells."""

import json

from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

RELATIONS = ("many2one", "many2many", "one2many", "reference")
SHORTEST_SECRET = 5
# What the web client itself is made of.
CLIENT_MODELS = ("ir.actions.act_window", "ir.ui.view", "ir.model", "ir.ui.menu")
# Whose name is that of another record.
NAMED_BY = {
    "mail.mail": "mail_message_id",
    "res.users": "partner_id",
    "res.users.settings": "user_id",
}
# Named by a pair of columns, a model and a number, or by a reference.
DOCUMENTS = ("procedure.request", "res.partner", "mail.message")


def swept_models(env):
    """Every wizard, and every model that surrounds a message."""
    return [
        name
        for name in sorted(env.registry)
        if not env[name]._abstract
        and env[name]._auto
        and (env[name]._transient or name.startswith(("mail.", "discuss.", "bus.")))
    ]


def swept_fields(model):
    """What a caller may give: computed fields that nobody writes are left out."""
    return [
        field
        for field in model._fields.values()
        if field.type in RELATIONS
        and field.name not in ("create_uid", "write_uid")
        and (field.store or field.inverse)
    ]


def get_spec(field):
    return {"fields": {"display_name": {}}} if field.type in RELATIONS else {}


class Targets:
    """Records that a user may not read, and the words that would give them away."""

    def __init__(self, user):
        self.user = user
        self.env = user.env(user=user)
        self.known = {}

    def get(self, model):
        """Of this model: one record, and words of it, in a list; or nothing."""
        if model not in self.known:
            self.known[model] = self._find(model)
        return self.known[model]

    def _find(self, model):
        Model = self.env[model]
        if Model._abstract or not Model._auto or Model._transient:
            return []
        last = Model.sudo().with_context(active_test=False).search([], order="id desc", limit=400)
        readable = set(last.sudo(False)._filtered_access("read").ids)
        hidden = last.filtered(lambda each: each.id not in readable)
        named = hidden.with_user(1).filtered("display_name")
        for record in (named or hidden).sudo(False).with_user(self.user):
            words = self._get_words(record)
            if words and not self._is_known_otherwise(record):
                return [(record, words)]
        return []

    def _get_words(self, record):
        known = record.with_user(1)
        words = {known.display_name}
        for field in known._fields.values():
            if field.type in ("char", "text") and field.store and field.column_type:
                query = SQL(
                    "SELECT %s::text FROM %s WHERE id = %s",
                    SQL.identifier(field.name),
                    SQL.identifier(known._table),
                    record.id,
                )
                words.add(known.env.execute_query(query)[0][0])
        technical = {known._name, known._table}
        return {
            word
            for word in words - technical - {None, False}
            if len(word) >= SHORTEST_SECRET and word.lower() != word.upper() and "." not in word[:8]
        }

    def get_named(self, records, field):
        """Those that these records name there, unreadable, with the name that nobody tells."""
        named_sudo = records.sudo()[:0][field.name]
        for record_sudo in records.sudo():
            named_sudo |= record_sudo[field.name]
        hidden = named_sudo.sudo(False) - named_sudo.sudo(False)._filtered_access("read")
        return {
            record.id: name
            for record in hidden
            if (name := record.with_user(1).display_name) and not self._is_known_otherwise(record)
        }

    def _is_known_otherwise(self, record):
        owner = NAMED_BY.get(record._name)
        return owner and record.sudo()[owner].sudo(False).has_access("read")


def get_documents(targets):
    return [target for model in DOCUMENTS for target in targets.get(model)]


def get_document_names(model):
    """The columns in which it keeps the model of a record and its number, or its numbers."""
    return [
        (name, number)
        for name in ("model", "res_model")
        for number in ("res_id", "res_ids")
        if name in model._fields and number in model._fields
    ]


def give_document(model, names, target):
    name, number = names
    given = {name: target._name, number: str(target.ids) if number == "res_ids" else target.id}
    if "res_model_id" in model._fields:
        given["res_model_id"] = model.env["ir.model"]._get_id(target._name)
    return given


class Sweep:
    """One user, one model: each relational field names what she may not read, in each way."""

    def __init__(self, targets, model, values):
        self.targets, self.user = targets, targets.user
        self.Model = targets.env[model]
        self.values = values
        self.tries, self.refused, self.leaks = 0, 0, []
        self.shown_anyway = self._tell_without()

    def _tell_without(self):
        """What she sees of such a record that names nothing of others."""
        told = []
        self._attempt(lambda: told.append(self._tell(self.Model.create(self.values))))
        self.is_made = bool(told)
        return told[0] if told else ""

    def run(self):
        for field in swept_fields(self.Model):
            for target, words in self._get_targets(field):
                given = {field.name: self._give(field, target)}
                self._try_each_way(field.name, given, target, words)
        for names in get_document_names(self.Model):
            for target, words in get_documents(self.targets):
                given = give_document(self.Model, names, target)
                self._try_each_way(" ".join(names), given, target, words)
        return self

    def _get_targets(self, field):
        if field.type == "reference":
            return get_documents(self.targets)
        return [] if field.comodel_name in CLIENT_MODELS else self.targets.get(field.comodel_name)

    def _give(self, field, target):
        match field.type:
            case "many2one":
                return target.id
            case "reference":
                return f"{target._name},{target.id}"
            case _:
                return [(4, target.id, 0)]

    def _try_each_way(self, label, given, target, words):
        for name, way in self._get_ways(given, target).items():
            self.tries += 1
            told = []
            if not self._attempt(lambda way=way, told=told: told.append(self._tell(way()))):
                self.refused += 1
            elif any(word in told[0] and word not in self.shown_anyway for word in words):
                self.leaks.append((self.user.login, self.Model._name, label, name))

    def _get_ways(self, given, target):
        Model, values = self.Model, self.values
        without = {key: value for key, value in values.items() if key not in given}
        default = Model.with_context(**{f"default_{name}": given[name] for name in given})
        active = Model.with_context(
            active_model=target._name, active_id=target.id, active_ids=target.ids
        )
        shown = {name: get_spec(field) for name, field in Model._fields.items()}
        return {
            "create": lambda: Model.create({**values, **given}),
            "default": lambda: default.create(without),
            "active": lambda: active.create(without),
            "write": lambda: self._written(Model.create(values), given),
            "save": lambda: Model.create(values).web_save(given, shown),
            "onchange": lambda: Model.onchange({**values, **given}, list(given), shown),
            "onchange of the default": lambda: default.onchange(without, [], shown),
            "onchange of the active": lambda: active.onchange(without, [], shown),
            "new name": lambda: default.name_create("x"),
        }

    def _written(self, record, values):
        record.write(values)
        return record

    def _attempt(self, act):
        try:
            with self.Model.env.cr.savepoint():
                act()
                self.Model.env.flush_all()
                raise _Undo
        except _Undo:
            return True
        except (AccessError, UserError, ValueError, TypeError, KeyError):
            return False
        except Exception:  # noqa: BLE001 (what core does not foresee shows nothing either)
            return False
        finally:
            self.Model.env.invalidate_all()

    def _tell(self, answer):
        """All that its author then reads of it."""
        if not hasattr(answer, "_fields"):
            return json.dumps(answer, default=str, ensure_ascii=False)
        answer.env.flush_all()
        answer.env.invalidate_all()
        fields = [each for each in answer._fields.values() if each.type not in ("binary", "image")]
        spec = {field.name: get_spec(field) for field in fields}
        said = []
        try:
            said += [answer.read(list(spec)), answer.web_read(spec)]
        except Exception:  # noqa: BLE001 (one by one, then: some are not hers to read)
            for field in fields:
                said.append(tell_field(answer, field))
        said.append(answer.web_search_read([("id", "in", answer.ids)], {"display_name": {}}))
        return json.dumps(said, default=str, ensure_ascii=False)


def tell_field(records, field):
    """What reading and grouping say of the records that it names."""
    said = []
    for call in (
        lambda: records.read([field.name]),
        lambda: records.web_read({field.name: get_spec(field)}),
        lambda: records.formatted_read_group([("id", "in", records.ids)], [field.name]),
    ):
        try:
            said.append(call())
        except (AccessError, UserError, ValueError):
            continue
    return json.dumps(said, default=str, ensure_ascii=False)


class _Undo(Exception):
    """What was tried leaves nothing behind."""
