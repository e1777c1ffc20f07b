"""What the communes of the demo say on their pages. Everything here is made up."""

# Their town halls have not begun; the page of the second secretary is on trial.
NOT_OPEN = ("55032", "55210", "55295")
PILOT = ("55108",)

SHARED_BLOCKS = [
    {
        "name": "Collecte",
        "sequence": 10,
        "keywords": "jour, calendrier, ramassage, passage, poubelles, sacs jaunes, recyclage",
        "body": (
            "<p><strong>Ordures</strong>\xa0: le mardi matin.<br>"
            "<strong>Tri</strong>\xa0: un jeudi sur deux.</p>"
            "<p>Sortez le bac la veille au soir.</p>"
        ),
    },
    {
        "name": "Déchèterie",
        "sequence": 20,
        "keywords": "déchetterie, horaires, ouverture",
        "body": (
            "<p>Du mardi au samedi, de 9 h à 12 h et de 14 h à 17 h, avec votre badge.</p>"
            '<p><a href="/demarches?theme=dechets">Demander un badge ou un bac</a></p>'
        ),
    },
]

PAGES = {
    "55040": {
        "tagline": "Quatre villages au bord de l’Aire",
        "contact_name": "Martine Collin, secrétaire de mairie",
        "access": "Entrée de plain-pied, sonnette à 1 m",
        "panneaupocket_url": "https://app.panneaupocket.com/ville/beausite-55250",
        "body": (
            "<p>Beausite réunit quatre villages autour de leurs lavoirs, de leurs vergers et d’une "
            "forêt communale de 212 hectares. On y vient pour la fête de l’eau, le premier "
            "dimanche de juillet.</p>"
            "<p>L’école du bourg accueille les enfants des villages voisins\xa0; la cantine et la "
            "garderie sont dans le même bâtiment.</p>"
        ),
        "water": (
            "Qui s’en occupe\xa0: le service des eaux de la communauté de communes\n"
            "Fuite ou urgence, jour et nuit\xa0: 03 53 01 00 60\n"
            "Dernière analyse\xa0: conforme, le 3 novembre\n"
            "Relevé des compteurs\xa0: entre le 4 et le 15 janvier"
        ),
        "practical": (
            "Clé du cimetière\xa0: à la mairie\n"
            "Défibrillateur\xa0: mur de la salle des fêtes\n"
            "Borne de recharge\xa0: place du Lavoir\n"
            "Boîte à livres\xa0: sous la halle"
        ),
        "members": [
            ("Hélène Aubry", "Maire", "Permanence le vendredi de 11 h à 12 h"),
            ("Rémi Toussaint", "Premier adjoint", "Travaux, voirie, eau"),
            ("Aline Poirot", "Deuxième adjointe", "École, fêtes, associations"),
            ("Jean-Luc Didion", "Troisième adjoint", "Forêt, chemins"),
        ],
        "rooms": [
            {
                "name": "Salle des fêtes",
                "capacity": 120,
                "equipment": "cuisine, parking",
                "tariffs": "Habitants 110\xa0€, extérieurs 180\xa0€",
            },
            {
                "name": "Salle du Lavoir",
                "capacity": 30,
                "equipment": "vidéoprojecteur",
                "tariffs": "Gratuite pour les associations",
            },
        ],
        "links": [("Les horaires des cars vers Bar-le-Duc", "https://www.fluo.eu/")],
        "pages": [
            (
                "L’histoire du village",
                "<h2>Les lavoirs</h2><p>Le plus ancien date de 1832. Il a été restauré par les "
                "habitants\xa0; on peut le visiter toute l’année.</p><h2>La fusion de 1973</h2>"
                "<p>Quatre communes n’en font plus qu’une. Chacune a gardé son église, son "
                "cimetière et son lavoir.</p>",
            ),
            (
                "Le cimetière",
                "<p>Ouvert tous les jours. La clé de la grille des véhicules est à la mairie.</p>"
                "<ul><li>Concession de 30 ans\xa0: 120\xa0€</li>"
                "<li>Case du columbarium\xa0: 400\xa0€</li></ul>",
            ),
        ],
    },
    "55108": {
        "tagline": "Un pont, un moulin, 180 ans de foires",
        "contact_name": "Odile Varnier, secrétaire de mairie",
        "water": "Fuite ou urgence, jour et nuit\xa0: 03 53 01 00 60",
        "members": [("Denis Colson", "Maire", "Sur rendez-vous")],
    },
}
