"""The fields that tell who a person or an organisation is, and where: at sign-up and, later, in the
household. Each function gives the inputs by name, for the template that draws them.

`errors` and `values` are by name too: what is wrong, what was typed.
"""

from odoo.http import request

from odoo.addons.partner_household.models.identity_check import OUTSIDE
from odoo.addons.website_parts.tools.day import show_date
from odoo.addons.website_parts.tools.item import make_item, show_if


def make_person_items(errors, values, is_oneself=False):
    """:param is_oneself: the browser may fill in what it knows of its user"""
    env = request.env
    items = {
        "firstname": {
            "label": env._("First name"),
            "required": True,
            "autocomplete": "given-name",
            "width": "et-w3",
        },
        "lastname": {
            "label": env._("Last name"),
            "required": True,
            "autocomplete": "family-name",
            "width": "et-w3",
        },
        "birth_name": {
            "label": env._("Birth name"),
            "width": "et-w3",
            "help": env._("If it is not the same"),
        },
        "birthdate": {
            "label": env._("Birth date"),
            "required": True,
            "autocomplete": "bday",
            "day": "past",
            "help": env._("Example: 15/11/1962"),
            "value": show_date(values.get("birthdate")),
        },
        "birthplace": {
            "label": env._("Place of birth"),
            "width": "et-w3",
            "help": env._("The commune, or the town abroad"),
        },
    }
    if not is_oneself:
        for item in items.values():
            item.pop("autocomplete", None)
    return _make_items(items, errors, values)


def get_organisation_kinds():
    return [
        ("company", request.env._("A company")),
        ("association", request.env._("An association")),
        ("contributor", request.env._("Another organisation")),
    ]


def make_organisation_items(errors, values, name="name"):
    """A number for a company, another one for an association, by what `kind` says.

    :param name: of the input of its name
    """
    env = request.env
    items = {
        name: {
            "label": env._("Name of the organisation"),
            "required": True,
            "autocomplete": "organization",
        },
        "company_registry": {
            "label": env._("SIREN or SIRET number"),
            "required": True,
            "width": "et-w3",
            "inputmode": "numeric",
            "help": env._("9 or 14 digits, on your invoices"),
        },
        "rna": {
            "label": env._("RNA number"),
            "required": True,
            "width": "et-w3",
            "help": env._("A W and 9 digits, on the receipt of the prefecture"),
        },
        "role": {
            "label": env._("Your role there"),
            "width": "et-w3",
            "help": env._("Example: treasurer"),
        },
    }
    made = _make_items(items, errors, values)
    show_if(made["company_registry"], "kind", "company", sentence=env._("For a company:"))
    show_if(made["rna"], "kind", "association", sentence=env._("For an association:"))
    return made


def make_address_items(errors, values, other_communes=()):
    """:param other_communes: (code, name) of more choices, after those of the territory"""
    env = request.env
    items = {
        "street": {
            "label": env._("Number and street"),
            "required": True,
            "autocomplete": "address-line1",
        },
        "street2": {
            "label": env._("More"),
            "autocomplete": "address-line2",
            "help": env._("Hamlet, building, floor"),
        },
        "commune": {
            "label": env._("Commune"),
            "widget": "select",
            "required": True,
            "width": "et-w4",
            "choices": [*env["territory.commune"]._get_form_choices(), *other_communes],
        },
    }
    return _make_items(items, errors, values)


def make_situation_items(errors, values, required=False, is_organisation=False):
    """The context of an arrival or a departure, and its day: inputs by name."""
    env = request.env
    choices = [
        ("settled", env._("I live here")),
        ("arriving", env._("I am arriving")),
        ("leaving", env._("I am leaving")),
        ("planning", env._("I plan to come")),
    ]
    if is_organisation:
        choices = [
            ("settled", env._("It is here")),
            ("arriving", env._("It is arriving")),
            ("leaving", env._("It is leaving")),
            ("planning", env._("It plans to come")),
        ]
    items = {
        "situation": {
            "label": env._("Its situation") if is_organisation else env._("Your situation"),
            "widget": "choice",
            "required": required,
            "values": [values.get("situation")],
            "choices": choices,
        },
        "situation_date": {
            "label": env._("Since when, or from when"),
            "day": "any",
            "help": env._("Example: 15/11/2026"),
            "value": show_date(values.get("situation_date")),
        },
    }
    return _make_items(items, errors, values)


def make_whereabouts_items(errors, values):
    """In the territory or not: a list of inputs."""
    env = request.env
    outside = (OUTSIDE, env._("Another commune, outside the territory"))
    elsewhere = [
        make_item(
            "zip",
            errors,
            label=env._("Postcode"),
            required=True,
            autocomplete="postal-code",
            width="et-w2",
            value=values.get("zip"),
        ),
        make_item(
            "city",
            errors,
            label=env._("Commune or town"),
            required=True,
            autocomplete="address-level2",
            width="et-w3",
            value=values.get("city"),
        ),
    ]
    # Once filled in they stay shown: what is typed there is never left out in silence.
    filled = [[item["name"], "set", []] for item in elsewhere]
    for item in elsewhere:
        item["conditions"] = [["any", [["commune", "in", [OUTSIDE]], *filled]]]
        item["condition_sentences"] = [env._("For a commune outside the territory:")]
    return [*make_address_items(errors, values, [outside]).values(), *elsewhere]


def _make_items(items, errors, values):
    return {
        name: make_item(name, errors, **{"value": values.get(name), **item})
        for name, item in items.items()
    }
