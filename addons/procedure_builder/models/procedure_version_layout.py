from odoo import Command, models
from odoo.exceptions import UserError

from .procedure_field_choice import slug

# What a repeatable block may not hold.


class ProcedureVersionLayout(models.AbstractModel):
    _name = "procedure.version.layout"
    _description = "Version: its fields added, moved, removed"

    def builder_add(self, field_type, after_id=False, block_key=False):
        """A field without words below another one (at the top without `after_id`)."""
        self._check_builder()
        Field = self.env["procedure.field"]
        if field_type not in Field._get_builder_types():
            raise UserError(self.env._("This type of question does not exist."))
        field = Field.create(
            {
                "version_id": self.id,
                "type": field_type,
                "key": self._new_key(slug(Field._get_type_label(field_type))),
            }
        )
        self._place(field, self._get_place(after_id), block_key)
        return self._get_builder_result(field)

    def builder_move(self, field_id, after_id=False, block_key=False):
        """A field, with what it holds, below another one; in a block or out of it."""
        self._check_builder()
        moved = self._get_content(self._get_builder_target(field_id))
        after = self._get_place(after_id)
        if after in moved:
            raise UserError(self.env._("A part of the form cannot move inside itself."))
        self._place(moved, after, block_key)
        return self._get_builder_result(moved[0])

    def builder_duplicate(self, field_id):
        """A field, with what it holds, a second time just below."""
        self._check_builder()
        originals = self._get_content(self._get_builder_target(field_id))
        keys, copies = {}, self.env["procedure.field"]
        for field in originals:
            values = field._get_builder_snapshot()
            values["key"] = self._new_key(field.key)
            keys[field.key] = values["key"]
            values["block_key"] = keys.get(field.block_key, field.block_key)
            for condition in (*values["conditions"], *values["require_conditions"]):
                condition["key"] = keys.get(condition["key"], condition["key"])
            if field == originals[0] and field.label:
                values["label"] = self._get_copy_label(field.label)
                values["translations"]["label"] = {
                    lang: self.with_context(lang=lang)._get_copy_label(label)
                    for lang, label in values["translations"]["label"].items()
                }
            copies += self._create_from_snapshot(values)
        self._place(copies, originals[-1], copies[0].block_key)
        return self._get_builder_result(copies[0])

    def _get_copy_label(self, label):
        return self.env._("%s (copy)", label)

    def builder_delete(self, field_id):
        """Remove a field (a block with its questions; the questions of a section stay).

        What the answer holds under `removed` gives everything back: `builder_restore`.
        """
        self._check_builder()
        field = self._get_builder_target(field_id)
        removed = self._get_content(field) if field._get_type().holds == "rows" else field
        ordered = self.field_ids.sorted()
        index = ordered.ids.index(field.id)
        snapshot = {
            "after_id": ordered[index - 1].id if index else False,
            "fields": [each._get_builder_snapshot() for each in removed],
        }
        removed.unlink()
        return {
            **self._get_builder_result(ordered[index - 1 : index] - removed),
            "removed": snapshot,
        }

    def builder_restore(self, removed):
        """Put back what `builder_delete` removed, at its place as far as it still exists."""
        self._check_builder()
        taken = set(self.field_ids.mapped("key"))
        for values in removed["fields"]:
            if values["key"] in taken:
                raise UserError(
                    self.env._("Another question has taken the key “%s” since.", values["key"])
                )
        restored = self.env["procedure.field"]
        for values in removed["fields"]:
            restored += self._create_from_snapshot(values)
        after = self.field_ids.filtered(lambda field: field.id == removed["after_id"])
        if removed["after_id"] and not after:
            after = (self.field_ids - restored).sorted()[-1:]
        self._place(restored, after, restored[0].block_key)
        return self._get_builder_result(restored[0])

    # ------------------------------------------------------------
    # Order
    # ------------------------------------------------------------

    def _get_content(self, field):
        """A field and what it holds: a page or a section up to the next one, a block's rows."""
        ordered = self.field_ids.sorted()
        following = ordered[ordered.ids.index(field.id) + 1 :]
        if field._get_type().holds == "rows":
            return field + following.filtered(lambda other: other.block_key == field.key)
        ends = {"page": {"page"}, "section": {"page", "section"}}.get(field._get_type().starts)
        if not ends:
            return field
        content = field
        for other in following:
            if other._get_type().starts in ends:
                break
            content += other
        return content

    def _place(self, moved, after, block_key):
        """Give every field its place: the moved ones below `after`, the block they are in.

        Two people who move at the same time write the same rows: the database makes the second
        one wait and start again from what the first one left.
        """
        rest = [field for field in self.field_ids.sorted() if field not in moved]
        index = rest.index(after) + 1 if after else 0
        block = self._get_block_at(rest, index, block_key)
        head = moved[0]
        if block and not head._get_type().in_block:
            # Below the block: it cannot be cut in two.
            while index < len(rest) and rest[index].block_key == block.key:
                index += 1
            block = self.env["procedure.field"]
        own = set(moved.mapped("key"))
        for field in moved:
            if field.block_key not in own or field == head:
                field.block_key = block.key if block else False
        rest[index:index] = list(moved)
        for sequence, field in enumerate(rest, 1):
            if field.sequence != sequence * 10:
                field.sequence = sequence * 10

    def _get_block_at(self, rest, index, block_key):
        """The block in which this place is: surely between its questions, by choice at its end."""
        before = rest[index - 1] if index else self.env["procedure.field"]
        behind = rest[index] if index < len(rest) else self.env["procedure.field"]
        inside = before.key if before._get_type().holds == "rows" else before.block_key
        if not inside:
            return self.env["procedure.field"]
        if behind.block_key != inside and block_key != inside:
            return self.env["procedure.field"]
        return next(field for field in rest if field.key == inside)

    def _get_builder_target(self, field_id):
        field = self.field_ids.filtered(lambda each: each.id == field_id)
        if not field:
            raise UserError(
                self.env._("This question is no longer in the form: somebody removed it.")
            )
        return field

    def _get_place(self, after_id):
        return self._get_builder_target(after_id) if after_id else self.env["procedure.field"]

    def _new_key(self, stem):
        taken = set(self.procedure_id.version_ids.field_ids.mapped("key"))
        key, count = stem, 2
        while key in taken:
            key, count = f"{stem}_{count}", count + 1
        return key

    def _create_from_snapshot(self, values):
        Field = self.env["procedure.field"]
        known = Field.new({"type": values["type"]})._get_builder_snapshot_names()
        vals = {name: value for name, value in values.items() if name in known}
        for name in Field.new({"type": values["type"]})._get_type().record_settings:
            vals[name] = Field._find_builder_record(name, vals.get(name)).id
        field = Field.create(
            {
                **vals,
                "version_id": self.id,
                "option_ids": [
                    Command.create(
                        {
                            "sequence": sequence,
                            "value": option["value"],
                            "label": option["label"],
                            "is_free": bool(option.get("is_free")),
                        }
                    )
                    for sequence, option in enumerate(values["options"])
                ],
            }
        )
        field._write_snapshot_translations(values)
        field.condition_ids = field._prepare_conditions(values["conditions"])
        field.require_ids = field._prepare_conditions(values["require_conditions"])
        return field

    def _get_builder_result(self, field):
        return {"field_id": field.id, "state": self._get_builder_state()}
