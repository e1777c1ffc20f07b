from odoo import api, models, tools
from odoo.fields import Domain

# Whose rows their author fills with the numbers of her choice.
NAMING_MODELS = ("mail.", "discuss.", "ir.attachment", "res.users.settings", "utm.")


class Base(models.AbstractModel):
    _inherit = "base"

    # Of its fields and of its messages.
    _keeps_files_as_given = False
    # What is made of it in superuser mode tells of the records that it names: its author names
    # those that she reads.
    _names_what_is_read = False

    def unlink(self):
        """What PostgreSQL's cascade would take away and that has files goes by the ORM: the
        cascade leaves the attachments, which nobody finds again, and the files on the disk."""
        cascades = self._get_file_cascades().get(self._name) if self else ()
        if cascades:
            self.check_access("unlink")
        for model, name in cascades or ():
            children_sudo = self.env[model].sudo().with_context(active_test=False)
            children_sudo.search([(name, "in", self.ids)]).unlink()
        return super().unlink()

    @api.model
    @tools.ormcache()
    def _get_file_cascades(self):
        """{model: ((model, many2one), …) whose rows go with its own and have files, themselves or
        by those that go with them in turn}"""
        tables = [model for model in self.env.values() if model._auto and not model._abstract]
        links = [
            (model._name, field.name, field.comodel_name)
            for model in tables
            for field in model._fields.values()
            if field.type == "many2one" and field.store and field.ondelete == "cascade"
        ]
        # The registry's own rows (ir.*) are taken away by Odoo's installer.
        with_files = {
            model._name
            for model in tables
            if not model._name.startswith("ir.")
            and ("message_ids" in model._fields or any(map(is_file, model._fields.values())))
        }
        found = {}
        todo = list(with_files)
        while todo:
            child = todo.pop()
            for model, name, parent in links:
                if model == child:
                    found.setdefault(parent, set()).add((child, name))
                    if parent not in with_files:
                        with_files.add(parent)
                        todo.append(parent)
        return {parent: tuple(sorted(children)) for parent, children in found.items()}

    # A field that one may not read is closed by every door. Core forgets three, and breaks at two.

    @api.model
    def search_panel_select_range(self, field_name, **kwargs):
        """Core takes its choices from what it does not tell of a closed field."""
        self._check_named_field(field_name)
        return super().search_panel_select_range(field_name, **kwargs)

    @api.model
    def search_panel_select_multi_range(self, field_name, **kwargs):
        self._check_named_field(field_name)
        return super().search_panel_select_multi_range(field_name, **kwargs)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """A many2many: grouping by it names its rows."""
        self._check_named_field(groupby_spec.partition(":")[0])
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _field_to_sql(self, alias, field_expr, query=None):
        """A related field that is not stored: core checks the field that it leads to, in
        superuser mode, and orders or counts by it."""
        self._check_named_field(field_expr)
        return super()._field_to_sql(alias, field_expr, query)

    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        """A field with a search method: core replaces it by what the method returns."""
        if not (self.env.su or bypass_access):
            self._check_searched_fields(domain)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _check_named_field(self, path):
        """:raise AccessError: the first field of this path may not be read; core says itself
        that there is no such field."""
        if field := self._fields.get(path.partition(".")[0]):
            self._check_field_access(field, "read")
        return field

    def _check_searched_fields(self, domain):
        """:raise AccessError: the domain names, at any depth, a field that may not be read."""
        for condition in Domain(domain).iter_conditions():
            field = self._check_named_field(condition.field_expr)
            if not field or not field.relational:
                continue
            comodel = self.env[field.comodel_name]
            _name, _dot, path = condition.field_expr.partition(".")
            if path:
                comodel._check_searched_fields([(path, condition.operator, condition.value)])
            elif condition.operator in ("any", "not any") and isinstance(
                condition.value, Domain | list | tuple
            ):
                comodel._check_searched_fields(condition.value)

    # Forms that are not saved

    def onchange(self, values, field_names, fields_spec):
        """What a form that is not saved shows of the records that it names is computed in
        superuser mode: only those that one may read are named. Core lets any account name
        another person on its own user, and tells her name, birth date, phone and address.
        """
        if not self.env.su:
            if self._name == "res.users" and self != self.env.user:
                # The only model on which core checks nothing here.
                self.check_access("write" if self else "create")
            self._check_named_records(values)
            context = self.env.context
            self.browse()._check_named_records(
                {
                    name: context[f"default_{name}"]
                    for name, field in self._fields.items()
                    if field.relational and f"default_{name}" in context
                }
            )
        return super().onchange(values, field_names, fields_spec)

    def _prepare_create_values(self, vals_list):
        """With what the context and the fields give by default."""
        result = super()._prepare_create_values(vals_list)
        if self._is_naming_checked():
            for values in result:
                self.browse()._check_named_records(values)
        return result

    def write(self, vals):
        if self._is_naming_checked():
            for record in self:
                record._check_named_records(vals)
        return super().write(vals)

    def _is_naming_checked(self):
        """A wizard and what surrounds a message name any record whose number one gives, in
        superuser mode, to those who may not read it."""
        return not self.env.su and (
            self._names_what_is_read or self._transient or self._name.startswith(NAMING_MODELS)
        )

    def _check_named_records(self, values):
        """:raise AccessError: values of a form name a record that the user may not read; what is
        there already stays, shown or not."""
        for name, value in values.items():
            field = self._fields.get(name)
            if not field or not value or name in models.LOG_ACCESS_COLUMNS:
                continue
            if field.type == "reference":
                model, _comma, number = str(value).partition(",")
                if model in self.env and number.isdecimal():
                    self._check_named(self.env[model], {int(number)}, name)
            elif field.relational:
                comodel = self.env[field.comodel_name]
                self._check_named(comodel, self._get_named_ids(comodel, value), name)

    def _get_named_ids(self, comodel, value):
        """Of a many2one or of commands; the values that these carry are checked as well."""
        if not isinstance(value, list | tuple):
            value = value.get("id") if isinstance(value, dict) else value
            return {value} if isinstance(value, int) else set()
        ids = set()
        for command in value:
            if isinstance(command, int):
                ids.add(command)
                continue
            if not isinstance(command, list | tuple) or not command:
                continue
            code, number, vals = (*command, None, None)[:3]
            if isinstance(number, int) and code in (1, 4):
                ids.add(number)
            if code == 6:
                ids.update(each for each in vals or () if isinstance(each, int))
            elif isinstance(vals, dict):
                line = number if code == 1 and isinstance(number, int) else ()
                comodel.browse(line)._check_named_records(vals)
        return ids

    def _check_named(self, comodel, ids, name):
        # Models, actions, views: what the web client itself is made of.
        if comodel._name.startswith("ir.") and comodel._name != "ir.attachment":
            return
        known_sudo = self.sudo()[name] if self else None
        if isinstance(known_sudo, models.BaseModel) and known_sudo._name == comodel._name:
            ids = ids - set(known_sudo.ids)
        records = comodel.browse(filter(None, ids)).exists()
        if records:
            records.check_access("read")


def is_file(field):
    return field.type in ("binary", "image") and field.store and field.attachment
