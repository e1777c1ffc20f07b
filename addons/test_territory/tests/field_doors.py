"""Every door of the ORM that a remote call can open on one field: read, find, order, group, count,
name, export, prepare; on its own model and through a relation that leads there."""


class NothingThereError(Exception):
    """The door needs a row, and there is none that this user reads."""


def get_any(records):
    if not records:
        raise NothingThereError
    return records


def get_doors(model, field, carrier=None):
    """Return ``{name of the door: call(records)}``.

    :param records: of the field's own model, in the environment of the caller.
    :param carrier: a many2one field (of another model, perhaps) that leads to that model.
    """
    name = field.name
    group = f"{name}:month" if field.type in ("date", "datetime") else name
    doors = {
        "read": lambda records: records.read([name]),
        "read, old columns": lambda records: records.read([name], load=None),
        "web_read": lambda records: records.web_read({name: {}}),
        "search_read": lambda records: records.search_read([], [name], limit=1),
        "web_search_read": lambda records: records.web_search_read([], {name: {}}, limit=1),
        "web_name_search": lambda records: records.web_name_search("", {name: {}}, limit=1),
        "search": lambda records: records.search([(name, "!=", False)], limit=1),
        "search, negated": lambda records: records.search(["!", (name, "=", False)], limit=1),
        "search_count": lambda records: records.search_count([(name, "in", [False])]),
        "name_search": lambda records: records.name_search("", [(name, "!=", False)], limit=1),
        "order": lambda records: records.search([], order=f"{name} desc", limit=1),
        "order of search_read": lambda records: records.search_read(
            [], ["id"], order=name, limit=1
        ),
        "export": lambda records: get_any(records).export_data([name]),
        "onchange": lambda records: records.onchange({}, [], {name: {}}),
        "onchange of a new one": lambda records: records.browse().onchange({}, [], {name: {}}),
        "progress bar": lambda records: records.read_progress_bar(
            [], group, {"field": name, "colors": {}}
        ),
        **_get_groupings(name, group),
        **_get_aggregates(name),
    }
    if field.type in ("many2one", "selection") and field.store:
        doors["search panel"] = lambda records: records.search_panel_select_range(name)
    if field.type in ("many2one", "many2many", "selection") and field.store:
        doors["search panel, several"] = lambda records: records.search_panel_select_multi_range(
            name
        )
    if carrier:
        doors |= _get_doors_through(model, carrier, name, group)
    return doors


def _get_groupings(name, group):
    return {
        "formatted_read_group": lambda records: records.formatted_read_group(
            [], [group], ["__count"], limit=1
        ),
        "second grouping": lambda records: records.formatted_read_group(
            [], ["id", group], ["__count"], limit=1
        ),
        "web_read_group": lambda records: records.web_read_group([], [group], limit=1),
        "read_group": lambda records: records.read_group([], ["id"], [group], limit=1),
        "grouping sets": lambda records: records.formatted_read_grouping_sets(
            [], [[group], []], ["__count"]
        ),
        "unfolded groups": lambda records: (
            records.web_read_group(
                [], ["id"], limit=1, auto_unfold=True, unfold_read_specification={name: {}}
            )
            and records.web_search_read([], {name: {}}, limit=1)
        ),
    }


def _get_aggregates(name):
    doors = {
        f"aggregate {function}": lambda records, function=function: records.formatted_read_group(
            [], [], [f"{name}:{function}"]
        )
        for function in ("count", "count_distinct", "array_agg", "max", "bool_or", "sum")
    }
    doors["aggregate of read_group"] = lambda records: records.read_group(
        [], [f"x:count({name})"], ["id"], limit=1
    )
    doors["order of groups"] = lambda records: records.formatted_read_group(
        [], ["id"], ["__count"], order=f"{name}:max", limit=1
    )
    doors["having"] = lambda records: records.formatted_read_group(
        [], ["id"], ["__count"], having=[(f"{name}:count", ">", 0)], limit=1
    )
    return doors


def _get_doors_through(model, carrier, name, group):
    path, other = carrier.name, carrier.model_name

    def through(call):
        return lambda records: call(records.env[other])

    return {
        "search through": through(lambda holder: holder.search([(f"{path}.{name}", "!=", False)])),
        "any, through": through(
            lambda holder: holder.search([(path, "any", [(name, "!=", False)])])
        ),
        "not any, through": through(
            lambda holder: holder.search([(path, "not any", [(name, "=", False)])], limit=1)
        ),
        "specification through": through(
            lambda holder: (
                holder.web_search_read([], {path: {"fields": {name: {}}}}, limit=1)
                and holder.env[model._name].browse().web_read({name: {}})
            )
        ),
        "grouping through": through(
            lambda holder: holder.formatted_read_group([], [f"{path}.{group}"], ["__count"])
        ),
        "web_read_group through": through(
            lambda holder: holder.web_read_group([], [f"{path}.{group}"], limit=1)
        ),
        "export through": through(
            lambda holder: get_any(holder.search([(path, "!=", False)], limit=1)).export_data(
                [f"{path}/{name}"]
            )
        ),
        "group specification through": through(
            lambda holder: (
                holder.web_read_group(
                    [], [path], limit=1, groupby_read_specification={path: {name: {}}}
                )
                and holder.env[model._name].browse().web_read({name: {}})
            )
        ),
    }
