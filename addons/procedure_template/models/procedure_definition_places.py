import copy

from odoo import api, models

# Of each, where it is named.
NAMED_MAX = 3


class ProcedureDefinitionPlaces(models.AbstractModel):
    """Things of the place that a file names: a service, a list, a calendar. On another platform,
    somebody says what takes their place."""

    _name = "procedure.definition.places"
    _description = "Things of the place, in a file"

    @api.model
    def _get_place_models(self):
        """Names of the models that a file may name a record of."""
        sources = ("procedure.procedure", "privacy.processing", "procedure.version")
        found, seen = {}, []
        waiting = list(sources)
        while waiting:
            model = waiting.pop(0)
            seen.append(model)
            columns = self.env[model]._fields
            found.update(
                dict.fromkeys(columns[name].comodel_name for name in self._get_relations(model))
            )
            below = [columns[name].comodel_name for name in self._get_rows(model)]
            waiting += [each for each in below if each not in seen and each not in waiting]
        return list(found)

    @api.model
    def _walk_places(self, data, act):
        """Call `act(record of the file, its name there, model of the thing, words)`."""

        def walk(model, record, words):
            if not isinstance(record, dict):
                return
            columns = self.env[model]._fields
            words = next(
                (record[name] for name in ("label", "name") if isinstance(record.get(name), str)),
                words,
            )
            for name, (key, _column) in self._get_relations(model).items():
                if key in record:
                    act(record, key, columns[name].comodel_name, words)
            below = [
                (key, columns[name].comodel_name)
                for name, (key, _l) in self._get_rows(model).items()
            ]
            if model == "procedure.field":
                below.append(("fields", model))
            for key, row_model in below:
                rows = record.get(key)
                for row in rows if isinstance(rows, list) else ():
                    walk(row_model, row, words)

        if isinstance(data, dict):
            walk("procedure.procedure", data, "")
            walk("privacy.processing", data.get("register"), "")
            walk("procedure.version", data, "")

    @api.model
    def _prepare_places(self, data, only_unknown):
        """Values of `procedure.definition.place`, with what has the same code here.

        :param only_unknown: leave out what has
        """
        found = {}

        def note(record, key, model, words):
            for code in _list_codes(record[key]):
                found.setdefault((model, code), []).append(words)

        self._walk_places(data, note)
        vals_list = []
        for (model, code), words in found.items():
            column = self._get_key_column(model)
            here = self.env[model].search([(column, "=", code)], limit=1)
            if here and only_unknown:
                continue
            named = list(dict.fromkeys(filter(None, words)))
            vals_list.append(
                {
                    "model": model,
                    "code": code,
                    "where": ", ".join(named[:NAMED_MAX]) + ("…" if len(named) > NAMED_MAX else ""),
                    "record": f"{model},{here.id}" if here else False,
                }
            )
        return vals_list

    @api.model
    def _replace_places(self, data, choices):
        """The same file, where other things take the place of those that it names.

        :param choices: dict (model, code) -> code here, or none for what is left out
        """
        if not choices:
            return data
        data = copy.deepcopy(data)

        def replace(record, key, model, _words):
            codes = _list_codes(record[key])
            here = [choices.get((model, code), code) for code in codes]
            if isinstance(record[key], list):
                record[key] = [code for code in here if code]
            elif codes and here[0]:
                record[key] = here[0]
            elif codes:
                del record[key]

        self._walk_places(data, replace)
        return data


def _list_codes(value):
    values = value if isinstance(value, list) else [value]
    return [code for code in values if isinstance(code, str) and code]
