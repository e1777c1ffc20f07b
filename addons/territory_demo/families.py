"""What the service of childhood asks, and what the parents of the demo said. All is made up."""

SERVICE = "enfance"

TEXTS = [
    {
        "code": "photos",
        "name": "Photos de mon enfant sur le site et dans le bulletin",
        "body": "Les photos prises à l’école, à la cantine et au centre de loisirs peuvent "
        "paraître sur le site et dans le bulletin.\n"
        "Une photo est retirée du site dès que vous changez d’avis.",
        "each_holder": True,
        "sequence": 10,
    },
    {
        "code": "outings",
        "name": "Sorties à pied et en car",
        "body": "Votre enfant sort avec son groupe, accompagné.",
        "sequence": 20,
    },
    {
        "code": "alone",
        "name": "Rentrer seul",
        "body": "Votre enfant quitte seul l’accueil, à l’heure de la fin.",
        "age_from": 8,
        "sequence": 30,
    },
    {
        "code": "rules",
        "name": "Règlement de la cantine et de la garderie",
        "body": "Ce règlement est celui de la démonstration.\n"
        "On réserve au plus tard deux jours ouvrés avant.\n"
        "On prévient d’une absence le jour même avant 8\xa0h\xa030.",
        "kind": "reading",
        "sequence": 40,
    },
]

# Login of the parent, first names of the children, what she says.
WEEKS = [
    ("camille", ("Lou", "Noé"), {"rhythm": "odd", "holidays": "first_even"}),
    ("sacha", ("Lou", "Noé"), {"rhythm": "even", "holidays": "second_even"}),
]
CONTACTS = [
    (
        "camille",
        ("Lou", "Noé"),
        {
            "name": "Mireille Duchêne",
            "link": "grand-mère",
            "phone": "06 39 98 00 11",
            "may_fetch": True,
            "call_rank": 1,
        },
    ),
    (
        "camille",
        ("Lou",),
        {"name": "Paul Martin", "link": "voisin", "phone": "06 39 98 00 12", "call_rank": 2},
    ),
]
# Login, first name, code, answer.
ANSWERS = [
    ("camille", "Lou", "photos", "yes"),
    ("camille", "Lou", "outings", "yes"),
    ("camille", "Lou", "rules", "yes"),
    ("sacha", "Lou", "photos", "no"),
]
QUOTIENTS = [("camille", {"fund": "caf", "number": "1234567", "quotient": "780"})]
