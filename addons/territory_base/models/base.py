from odoo import models


class Base(models.AbstractModel):
    _inherit = "base"

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

    def _check_named_records(self, values):
        """:raise AccessError: values of a form name a record that the user may not read; what is
        there already stays, shown or not."""
        for name, value in values.items():
            field = self._fields.get(name)
            if not field or not value:
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
