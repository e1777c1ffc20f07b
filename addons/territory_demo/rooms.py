"""The rooms that two town halls let, and who asked for them. Everything here is made up."""

from .people import OTHER_COMMUNE, SECRETARY_COMMUNE

TEMPLATE = "location_salle"

# Key, commune, values of the room. The first two are on the page of their commune already.
ROOMS = [
    (
        "fetes",
        SECRETARY_COMMUNE,
        {
            "name": "Salle des fêtes",
            "sequence": 10,
            "capacity": 120,
            "equipment": "cuisine, vaisselle, sonorisation, accès de plain-pied",
            "address": "2 place du Lavoir",
            "open_to": "territory",
            "deposit": "300\xa0€ pour la salle, 80\xa0€ pour le ménage",
            "first_percent": 30,
            "free_per_year": 2,
        },
    ),
    (
        "lavoir",
        SECRETARY_COMMUNE,
        {
            "name": "Salle du Lavoir",
            "sequence": 20,
            "capacity": 30,
            "equipment": "vidéoprojecteur, coin cuisine",
            "address": "4 rue du Lavoir",
            "setup_before": 30,
            "setup_after": 30,
            "free_per_year": 12,
        },
    ),
    (
        "moulin",
        OTHER_COMMUNE,
        {
            "name": "Salle du Moulin",
            "capacity": 60,
            "equipment": "cuisine, tables et chaises pour 60",
            "address": "1 chemin du Moulin",
            "open_to": "all",
            "deposit": "200\xa0€",
            "first_amount": "20,00",
            "free_per_year": 1,
        },
    ),
]
# Key of the room, key of the kind of applicant of the template, euros.
TARIFFS = [
    ("fetes", "association", "60,00"),
    ("fetes", "resident", "110,00"),
    ("fetes", "outside", "180,00"),
    ("lavoir", "association", "15,00"),
    ("lavoir", "resident", "40,00"),
    ("lavoir", "outside", "60,00"),
    ("moulin", "association", "40,00"),
    ("moulin", "resident", "80,00"),
    ("moulin", "outside", "140,00"),
]
# A second day, whoever asks.
WEEKEND = "60,00"

# Who asks, by login, or the person whom the secretary had on the phone; room, Saturday (weeks from
# now), what else is answered, whether the insurance is there, what the town hall then does.
BOOKINGS = [
    (
        "dominique",
        "fetes",
        3,
        {"room_period": "weekend", "room_purpose": "Noces d’or", "room_persons": "90"},
        True,
        "accept",
    ),
    (
        ("Bernadette", "Lallemand", "06 39 98 00 52"),
        "fetes",
        4,
        {"room_period": "evening", "room_purpose": "Anniversaire", "room_persons": "45"},
        False,
        "",
    ),
    (
        ("Gérard", "Poirot", "06 39 98 00 53"),
        "fetes",
        2,
        {"room_period": "day", "room_purpose": "Repas de famille", "room_persons": "30"},
        True,
        "withdraw",
    ),
    (
        ("Maryse", "Humbert", "06 39 98 00 54"),
        "lavoir",
        2,
        {"room_period": "day", "room_purpose": "Atelier couture", "room_persons": "12"},
        True,
        "accept",
    ),
    (
        "asso",
        "moulin",
        3,
        {"room_period": "day", "room_purpose": "Assemblée générale", "room_persons": "50"},
        True,
        "",
    ),
]
# Why the town hall cancels.
WITHDRAWN = "Vous nous avez dit au téléphone que le repas est reporté à l’été."
# Room, days from now, from and to (hours), what the town hall does there.
OWN_USES = [
    ("fetes", 9, 18, 22, "Conseil municipal"),
    ("lavoir", 5, 14, 17, "Permanence de l’assistante sociale"),
    ("moulin", 12, 19, 21, "Réunion du comité des fêtes"),
]
