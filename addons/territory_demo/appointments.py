"""What a town hall offers by appointment, and what it lends at a price."""

# Template: the town hall that answers is that of the secretary.
APPOINTMENT = "rendez_vous_mairie"
# Day of the week from Monday, opening, closing: the hours of the town hall.
CALENDAR = {
    "name": "Accueil du secrétariat",
    "duration": 20,
    "capacity": 1,
    "notice": 24,
    "to_bring": "Une carte d’identité ou un passeport",
}
HOURS = [("1", 16, 19), ("4", 9, 12)]

PLACES = {
    "name": "Lieux de retrait du matériel",
    "code": "retrait",
    "where_to_find": "affichés au secrétariat",
}
PLACE_ROWS = [
    ("depot", "Dépôt communal, rue de l’Exemple"),
    ("ecole", "Préau de l’ancienne école"),
]
LOAN = {
    "code": "MATERIEL",
    "name": "Emprunter des tables, des bancs ou un barnum",
    "short_name": "Matériel de fête",
    "summary": "Pour une fête de famille ou de quartier. Gratuit pour les associations.",
    "topic": "vie-locale",
    "audiences": ["resident", "association"],
    "service": "town_hall",
    "regime": "svr",
    "legal_basis": "Décret 2016-625, annexe\xa0: fourniture de biens et d’équipements",
    "keywords": "prêt chaises tente barbecue",
    "retention_months": 12,
    "handling_days": 10,
    "payment_kind": "payfip",
    "payfip_number": "012345",
    "fields": [
        ("p_what", "page", "Le matériel", {}),
        (
            "marquee",
            "selection",
            "Un barnum\xa0?",
            {
                "required": True,
                "options": [
                    ("none", "Aucun"),
                    ("small", "Un barnum de 3 m × 3 m"),
                    ("large", "Un barnum de 5 m × 10 m"),
                ],
            },
        ),
        (
            "tables",
            "integer",
            "Nombre de tables, avec leurs bancs",
            {"required": True, "min_value": 0, "max_value": 20},
        ),
        ("date_out", "date", "Jour du retrait", {"required": True}),
        ("place", "list", "Lieu de retrait", {"required": True}),
        ("p_sign", "page", "La caution", {}),
        (
            "guarantor",
            "signature_email",
            "La personne qui se porte garante",
            {
                "required": True,
                "help": "Son adresse électronique : nous lui écrivons, et elle signe en ligne.",
                "signature_commitment": "Vous vous portez garant : si le matériel est perdu ou "
                "cassé, vous le remplacez avec la personne qui l’emprunte.",
                "signature_keys": "marquee,tables,date_out,place",
            },
        ),
    ],
    "steps": ["À préparer", "Retiré", "Rendu"],
}
# Name, kind of organisation: the first that fits.
KINDS = [("association", "Association", "association")]
# Basis, question, choice, euros, key of the kind of applicant.
TARIFFS = [
    ("choice", "marquee", "small", "15,00", False),
    ("choice", "marquee", "large", "40,00", False),
    ("quantity", "tables", False, "2,50", False),
    ("choice", "marquee", "small", "0", "association"),
    ("choice", "marquee", "large", "0", "association"),
    ("quantity", "tables", False, "0", "association"),
]
