from odoo.addons.procedure.tests.common import ProcedureCommon


class BuilderCommon(ProcedureCommon):
    """The manager writes the second version of the container's form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.published = cls.procedure.version_id
        cls.env.flush_all()
        cls.draft = cls.procedure.with_user(cls.manager).action_new_version()

    def _field(self, key, version=None):
        version = version or self.draft
        return version.field_ids.filtered(lambda field: field.key == key)

    def _keys(self):
        return self.draft.field_ids.sorted().mapped("key")

    def _add(self, field_type, after=None, block_key=False, **settings):
        """A field as the screen adds it: its type, then its settings one by one."""
        after_id = after.id if after else self.draft.field_ids.sorted()[-1:].id
        result = self.draft.builder_add(field_type, after_id, block_key)
        field = self.env["procedure.field"].with_user(self.manager).browse(result["field_id"])
        for name, value in settings.items():
            self._save(field, name, value)
        return field

    def _save(self, field, name, value, base=None):
        """As the screen does: what it showed before goes along."""
        base = {name: field._get_builder_values()[name]} if base is None else base
        result = field.builder_save({name: value}, base)
        self.assertFalse(result["errors"])
        self.assertFalse(result["conflicts"])
        return result
