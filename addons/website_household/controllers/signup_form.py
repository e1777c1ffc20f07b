"""What the form of a sign-up asks."""

from odoo.http import request

from odoo.addons.website_parts.tools.item import make_item, show_if

from .identity_fields import (
    get_organisation_kinds,
    make_organisation_items,
    make_person_items,
    make_situation_items,
    make_whereabouts_items,
)

# What is typed and shown again; never the password.
FIELDS = (
    "kind",
    "organisation",
    "company_registry",
    "rna",
    "role",
    "situation",
    "situation_date",
    "firstname",
    "lastname",
    "birth_name",
    "birthdate",
    "birthplace",
    "birth_country",
    "street",
    "street2",
    "commune",
    "zip",
    "city",
    "email",
    "phone",
)


def prepare_sections(values, errors):
    """:return: list of dict(label, help, fields)"""
    env = request.env
    return [
        {
            "label": env._("You sign up as"),
            "fields": _prepare_kind(values, errors),
        },
        {
            "label": env._("You"),
            "fields": _prepare_person(values, errors),
        },
        {
            "label": env._("Your address"),
            "help": env._(
                "If you are arriving: your new address, here. If you only plan to come, you may "
                "leave it empty."
            ),
            "fields": make_whereabouts_items(errors, values),
        },
        {
            "label": env._("To reach you and to sign in"),
            "fields": _prepare_contact(values, errors),
        },
    ]


def _prepare_kind(values, errors):
    env = request.env
    kind = make_item(
        "kind",
        errors,
        label=env._("You are"),
        widget="choice",
        required=True,
        value=values.get("kind"),
        values=[values.get("kind")],
        choices=[
            ("resident", env._("A resident, now or soon")),
            *get_organisation_kinds(),
        ],
    )
    organisation = make_organisation_items(errors, values, name="organisation")
    kinds = [code for code, _label in get_organisation_kinds()]
    sentence = env._("For a company, an association or another organisation:")
    for name in ("organisation", "role"):
        show_if(organisation[name], "kind", *kinds, sentence=sentence)
    situation = make_situation_items(errors, values, required=True)
    return [kind, *organisation.values(), *situation.values()]


def _prepare_person(values, errors):
    person = make_person_items(errors, values, is_oneself=True)
    person["birthplace"]["required"] = True
    slugify = request.env["ir.http"]._slugify
    countries_sudo = request.env["res.country"].sudo().search([])
    country = make_item(
        "birth_country",
        errors,
        label=request.env._("Country of birth"),
        widget="select",
        required=True,
        value=values.get("birth_country"),
        choices=[
            (country.code, country.name)
            for country in countries_sudo.sorted(lambda country: slugify(country.name))
        ],
    )
    return [*person.values(), country]


def _prepare_contact(values, errors):
    env = request.env
    return [
        make_item(
            "email",
            errors,
            label=env._("E-mail address"),
            required=True,
            type="email",
            autocomplete="email",
            value=values.get("email"),
            help=env._(
                "We send a link there to open your account. "
                "Several persons may have the same address."
            ),
        ),
        make_item(
            "phone",
            errors,
            label=env._("Phone"),
            type="tel",
            autocomplete="tel",
            width="et-w2",
            value=values.get("phone"),
            help=env._("Example: 06 39 98 00 00"),
        ),
        make_item(
            "password",
            errors,
            label=env._("Password"),
            required=True,
            type="password",
            autocomplete="new-password",
            width="et-w3",
            value=None,
            help=env._("12 characters at least. A short sentence is easy to remember."),
        ),
    ]
