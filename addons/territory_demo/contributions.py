"""What the town halls of the demo have proposed for their pages. Everything here is made up."""

# Who reads what is proposed, and who does when nobody else can.
READER, FALLBACK = "communication", "responsable"
AUTHOR, COMMUNE = "secretaire", "55040"

# Accepted: the page of before can be compared, and comes back.
ACCEPTED = {"tagline": "Quatre villages et leurs lavoirs au bord de l’Aire"}

# Sent, and not read yet.
SENT = {
    "water": (
        "Qui s’en occupe\xa0: le service des eaux de la communauté de communes\n"
        "Fuite ou urgence, jour et nuit\xa0: 03 53 01 00 60\n"
        "Dernière analyse\xa0: conforme, le 20 novembre\n"
        "Relevé des compteurs\xa0: entre le 11 et le 22 janvier"
    ),
    "access": "Entrée de plain-pied, sonnette à 1 m, une place réservée devant la porte",
}
SENT_ROOM = {"name": "Préau de l’école", "capacity": 60, "equipment": "tables, bancs"}
SENT_MESSAGE = "Bonjour, l’analyse est affichée à la mairie. Le préau se loue depuis cet automne."

# A local page: (its name, what is written in it, what its reader answers)
RETURNED = (
    "Le cimetière",
    "<p>Ouvert tous les jours. La clé de la grille des véhicules est à la mairie.</p>"
    "<p>Les tarifs changent au 1er janvier.</p>",
    "Bonjour, pouvez-vous écrire les nouveaux tarifs\xa0? Les familles les cherchent ici.",
)
BEGUN = (
    "L’histoire du village",
    "<h2>Les lavoirs</h2><p>Le plus ancien date de 1832. Il a été restauré par les "
    "habitants\xa0; on peut le visiter toute l’année. L’eau vient de la source du moulin.</p>"
    "<h2>La fusion de 1973</h2><p>Quatre communes n’en font plus qu’une. Chacune a gardé son "
    "église, son cimetière et son lavoir.</p>",
)

# Associations and companies. A sheet that does not exist yet, sent and not read:
# (who, category, values)
NEW_SHEET = (
    "asso",
    "culture",
    {
        "name": "Bibliothèque du Foyer rural",
        "activity": "Bibliothèque associative",
        "summary": "Romans, bandes dessinées et jeux à emprunter, deux après-midis par semaine",
        "street": "2 rue des Écoles",
        "phone": "03 53 01 05 01",
        "opening_ids": [
            {"weekday": "2", "hour_from": "14", "hour_to": "17"},
            {"weekday": "5", "hour_from": "14", "hour_to": "16.5"},
        ],
    },
    "Bonjour, la bibliothèque ouvre dans notre salle. Pouvez-vous relire sa fiche\xa0?",
)
# Her own sheet, to correct: (who, sheet, values, what its reader answers)
RETURNED_SHEET = (
    "entreprise",
    "Menuiserie Hussenet",
    {"summary": "Fenêtres, escaliers, meubles sur mesure\xa0: la meilleure menuiserie du pays"},
    "Bonjour, pouvez-vous décrire votre travail sans vous comparer aux autres\xa0? Par exemple "
    "ce que vous fabriquez, et jusqu’où vous vous déplacez. Merci\xa0!",
)
# A sheet that nobody keeps: (who, sheet, her words)
CLAIM = (
    "entreprise",
    "Couverture des Trois Rivières",
    "Nous avons repris cette entreprise en septembre. L’extrait Kbis est à votre disposition.",
)
