"""What was reported in the streets of one commune. Everything here is made up."""

TEMPLATE = "signalement_rue"

# What is answered, days since, whether a photo is joined, how far it is: "" (received), "shown"
# (read by the secretary, in progress), "solved".
REPORTS = [
    (
        {
            "street_problem": "hole",
            "street_text": "Un trou profond, plein d’eau quand il pleut. On le voit mal le soir.",
            "street_place": "Rue du Moulin, devant le pont",
        },
        6,
        True,
        "shown",
    ),
    (
        {
            "street_problem": "light",
            "street_light": "L-27",
            "street_text": "Le lampadaire clignote, puis il s’éteint.",
            "street_place": "Place du Lavoir, près de l’arrêt du car",
        },
        3,
        False,
        "shown",
    ),
    (
        {
            "street_problem": "tree",
            "street_text": "Une grosse branche est tombée sur le chemin.",
            "street_place": "Chemin des Prés, après le calvaire",
        },
        1,
        False,
        "",
    ),
    (
        {
            "street_problem": "sign",
            "street_text": "Le panneau est couché dans le fossé.",
            "street_place": "Route de Bar, à l’entrée du village",
        },
        10,
        False,
        "solved",
    ),
]
STEP = "En cours"
SOLVED = "Le panneau est redressé et scellé. Merci de nous avoir prévenus."
# Who takes what, wherever it is: problem, code of the service.
ROUTES = [("dump", "dechets")]
