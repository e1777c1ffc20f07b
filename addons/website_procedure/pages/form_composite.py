"""Questions of several inputs: an address, a weekly grid, a block of rows, a computed value."""

from odoo.tools import formatLang

from odoo.addons.procedure_form import engine

from .form_reading import ADDRESS_PARTS, IDENTITY_ADDRESS, count_rows, get_max_rows, get_row_fields

# Drawn by templates of their own.
BLOCK = "website_procedure.block_input"
COMPUTED = "website_procedure.computed_shown"
GRID = "website_procedure.grid_input"


class FormComposite:
    """Part of `FormFields`: one answer, several inputs."""

    def _prepare_grid(self, field, name, values):
        """A real table: a box for each day of each row."""
        names = field._get_day_names()
        days = [(day, names[day]) for day in field._prepare_engine_field().days]
        item = self._item(name, **values, widget="grid", template=GRID, days=days)
        # Child by child: whose days these are, also once chosen with a script (None: not asked).
        item["whom"] = self.whom if self.is_for_child and self.partner else None
        item["rows"] = [
            {
                "name": f"{name}.{option.value}",
                "id": f"{item['id']}-{index}",
                "label": option.label,
                "values": [str(day) for day in self.raw.get(f"{name}.{option.value}") or []],
            }
            for index, option in enumerate(field.option_ids)
        ]
        return [item]

    def _prepare_rows(self, field, name, values):
        """As many rows as were shown, each with its questions."""
        item = self._item(name, **values, widget="block", template=BLOCK)
        count = count_rows(field, self.raw)
        item["rows"] = [
            {
                "index": index,
                "id": f"{item['id']}-{index}",
                "label": f"{values['label']} {index + 1}",
                "fields": self._prepare_row(field, f"{name}.{index}."),
            }
            for index in range(count)
        ]
        item["min"], item["max"] = field.min_value or 1, get_max_rows(field)
        item["room"] = count < item["max"]
        item["removable"] = count > item["min"]
        return [item]

    def _prepare_row(self, block, prefix):
        items = []
        for child in filter(self.is_asked, get_row_fields(block)):
            prepared = self._prepare_field(child, prefix + child.key)
            self._add_condition(prepared, child, prefix)
            items += prepared
        return items

    def _prepare_result(self, field, name, values):
        """Shown, never typed: what the server computes is what counts."""
        places = field._prepare_engine_field().places
        values["value"] = self._get_computed().get(name)
        if values["value"] is not None:
            values["value"] = formatLang(
                self.env, values["value"], digits=0 if values["value"] % 1 == 0 else places
            )
        values.update(widget="computed", template=COMPUTED, formula=field.formula)
        # As text: a template drops an attribute that is 0.
        values["decimals"] = str(places)
        return [self._item(name, **values)]

    def _prepare_address(self, field, name, values, same=None):
        """Four inputs of one answer.

        :param same: a box before them: it is an address that was given above
        """
        typed_values = {**self.identity, **self.raw}
        label = values.get("label")
        is_same = bool(same and same["value"])
        error_part = self._find_wrong_part(field, name, typed_values)
        items = [same] if same else []
        for part, part_label, autocomplete, more in (
            ("street", self.env._("Number and street"), "address-line1", {"width": "et-w4"}),
            (
                "street2",
                self.env._("More"),
                "address-line2",
                {"help": self.env._("Hamlet, building, floor")},
            ),
            (
                "zip",
                self.env._("Postcode"),
                "postal-code",
                {"width": "et-w1", "inputmode": "numeric"},
            ),
            (
                "commune",
                self.env._("Commune"),
                "address-level2",
                {"width": "et-w3", "list": "communes"},
            ),
        ):
            item = {
                "label": part_label,
                "required": values.get("required") and part in ("street", "commune"),
                "unmarked": values.get("unmarked") and part in ("street", "commune"),
                "value": None if is_same else typed_values.get(f"{name}.{part}"),
                "autocomplete": autocomplete,
                **more,
            }
            if part == "street":
                item["help"] = values.get("help")
                item["label"] = f"{label}\xa0: {part_label.lower()}" if label else part_label
                item["suggest"] = "/demarches/adresse" if self.suggests_addresses else None
            if part == "commune":
                item["value"] = self._get_commune_name(item["value"])
                self.has_communes = True
            error_key = name if part == error_part else None
            item = self._item(f"{name}.{part}", error_key=error_key, **item)
            if part == "commune":
                self._add_near_communes(item)
            if same:
                item["same"] = same["name"]
            items.append(item)
        return items

    def _find_wrong_part(self, field, name, typed_values):
        """The error is one for the whole address: it is said where something is to correct."""
        if name not in self.errors:
            return "street"
        parts = {part: typed_values.get(f"{name}.{part}") for part in ADDRESS_PARTS}
        is_question = name != IDENTITY_ADDRESS
        asked = field._prepare_engine_field() if is_question else engine.Field(name, "address")
        find_commune = self.get_lookups()["find_commune"]
        return engine.find_wrong_part(asked, {asked.key: parts}, find_commune=find_commune)
