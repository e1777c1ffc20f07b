"""The canteen, the care and the Wednesdays of one village. Everything here is made up."""

# Days of the week from Monday.
SCHOOL_DAYS = ("0", "1", "3", "4")
ACTIVITIES = [
    {
        "code": "cantine",
        "name": "Cantine",
        "kind": "canteen",
        "age_from": 3,
        "age_to": 12,
        "tariff": "4,10\xa0€ le repas.",
    },
    {
        "code": "garderie_soir",
        "name": "Garderie du soir",
        "kind": "evening",
        "age_from": 3,
        "age_to": 12,
        "tariff": "1,20\xa0€ la séance, goûter compris.",
    },
    {
        "code": "mercredi",
        "name": "Mercredi au centre",
        "kind": "wednesday",
        "age_from": 3,
        "age_to": 12,
        "tariff": "Selon le quotient\xa0: de 6\xa0€ à 14\xa0€ la journée.",
        "instructions": "Prévoir une tenue pour le dehors.",
    },
]
# Activity, name, places, days, name and hours of its slots.
SITES = [
    ("cantine", "Cantine du Lavoir", 40, SCHOOL_DAYS, "Midi", (11.75, 13.5)),
    ("garderie_soir", "Garderie du Lavoir", 24, SCHOOL_DAYS, "Soir", (16.5, 18.5)),
    ("mercredi", "Centre du Lavoir", 1, ("2",), "Journée", (9, 17)),
]
# Activity, what, until when.
RULES = [
    ("cantine", "book", {"kind": "working_days", "count": 2, "hour": 12}),
    ("cantine", "cancel", {"kind": "working_days", "count": 2, "hour": 12}),
    ("cantine", "absence", {"kind": "days", "count": 0, "hour": 8.5}),
    ("garderie_soir", "book", {"kind": "days", "count": 0, "hour": 8.5}),
    ("garderie_soir", "cancel", {"kind": "days", "count": 0, "hour": 8.5}),
    ("garderie_soir", "absence", {"kind": "days", "count": 0, "hour": 8.5}),
    ("mercredi", "book", {"kind": "days", "count": 7, "hour": 12}),
    ("mercredi", "cancel", {"kind": "days", "count": 7, "hour": 12}),
    ("mercredi", "absence", {"kind": "days", "count": 0, "hour": 8.5}),
]
# Login of the parent, child, activity. The second one waits on Wednesdays.
BOOKED = [
    ("camille", "Lou", "cantine"),
    ("camille", "Noé", "cantine"),
    ("camille", "Lou", "garderie_soir"),
    ("sacha", "Lou", "cantine"),
    ("sacha", "Noé", "cantine"),
    ("camille", "Lou", "mercredi"),
    ("camille", "Noé", "mercredi"),
]
WEEKS = 5
PAPERS = [
    {
        "code": "assurance_scolaire",
        "name": "Assurance scolaire de l’année",
        "description": "L’attestation de votre assureur, pour l’année scolaire.",
        "need": "all",
        "validity": "school_year",
    },
]
