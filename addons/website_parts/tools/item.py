"""One dict for each input: the template `website_parts.field` draws it by its widget."""


def make_item(name, errors, error_key=None, **values):
    """What a template needs to draw one input."""
    item = {
        "name": name,
        "id": f"f-{name.replace('.', '-')}",
        "error_key": error_key or name,
        "widget": "line",
        "required": False,
        "error": errors.get(error_key or name),
        **values,
    }
    described = [f"{item['id']}-a"] if item.get("help") else []
    described += [f"{item['id']}-e"] if item["error"] else []
    item["describedby"] = " ".join(described) or None
    return item


def list_error(item, sentence=None):
    """(id of the field, what is wrong) for the summary of a page."""
    label = item["label"].rstrip(" \xa0\u202f?.:")
    return item["id"], f"{label}\xa0: {sentence or item['error']}"


def list_errors(items, errors):
    """The summary of a page: what is wrong of each field, then what is of none (key "")."""
    listed = [list_error(item) for item in items if item["error"]]
    return [*listed, (None, errors[""])] if errors.get("") else listed


def show_if(item, name, *values, sentence):
    """Shown by the script when it applies; without, a sentence says when."""
    item["conditions"] = [["all", [[name, "in", list(values)]]]]
    item["condition_sentences"] = [sentence]
