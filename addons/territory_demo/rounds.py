"""When the lorries pass in two communes. Everything here is made up."""

from .people import OTHER_COMMUNE, SECRETARY_COMMUNE

# Name, kind, day of the week from Monday, frequency, hours, what to know.
ROUNDS = [
    ("Ordures, mardi", "household", "1", "weekly", (6, 12), "Sortez le bac la veille au soir."),
    ("Ordures, vendredi", "household", "4", "weekly", (6, 12), "Sortez le bac la veille au soir."),
    ("Tri, jeudi des semaines paires", "recyclable", "3", "even", (7, 13), ""),
    ("Tri, jeudi des semaines impaires", "recyclable", "3", "odd", (7, 13), ""),
]
# Rank of the round above, commune, streets; none: the whole commune.
SERVED = [
    (0, SECRETARY_COMMUNE, []),
    (1, SECRETARY_COMMUNE, ["rue du Lavoir", "grande rue", "place de la Mairie"]),
    (2, SECRETARY_COMMUNE, []),
    (1, OTHER_COMMUNE, []),
    (3, OTHER_COMMUNE, []),
]
