"""Who lives and works in the demo. Everything here is made up."""

# INSEE codes of the two communes whose secretaries are shown, and of where people live.
SECRETARY_COMMUNE = "55040"
OTHER_COMMUNE = "55108"

EPCI = {
    "phone": "03 53 01 00 00",
    "email": "accueil@exemple-cc.fr",
    "street": "1 rue de l'Intercommunalité",
    "zip": "55250",
    "city": "Beausite",
}
SITE = {
    "territory_brand_line": "Communauté de communes",
    "territory_brand_name": "de l’Aire à l’Argonne",
    "territory_phone_hours": "Du lundi au vendredi\n9 h – 12 h et 14 h – 17 h",
    "territory_publisher": "La présidente de la communauté de communes",
    "territory_host": "Hébergeur d'exemple\n1 rue du Serveur, 55000 Bar-le-Duc\n03 53 01 09 99",
    "territory_dpo": "Délégué à la protection des données\ndpo@exemple-cc.fr",
    "territory_home_title": "Vos démarches et la vie de nos 47 villages",
}

SERVICES = [
    {
        "code": "dechets",
        "name": "Service déchets",
        "kind": "epci",
        "reads_dwelling": True,
        "email": "dechets@exemple-cc.fr",
        "phone": "03 53 01 00 10",
    },
    {
        "code": "enfance",
        "name": "Service enfance et écoles",
        "kind": "epci",
        "reads_family_file": True,
        "email": "enfance@exemple-cc.fr",
        "phone": "03 53 01 00 20",
    },
]
# Day of the week from Monday, opening, closing.
TOWN_HALL_WEEK = [(1, 16, 19), (4, 9, 12)]
EPCI_WEEK = [(day, *hours) for day in range(5) for hours in ((9, 12), (14, 17))]

# login, first name, last name, group, codes of services, title in the decisions
STAFF = [
    ("responsable", "Hélène", "Marchal", "manager", [], "Directrice générale des services"),
    ("agent.dechets", "Karim", "Lambert", "agent", ["dechets"], "Responsable du service déchets"),
    (
        "agent.enfance",
        "Nadia",
        "Petitjean",
        "agent",
        ["enfance"],
        "Responsable du service enfance et écoles",
    ),
    ("communication", "Lucas", "Thiriet", "communication", [], "Chargé de communication"),
    ("secretaire", "Martine", "Collin", "secretary", ["mairie-55040"], "Secrétaire de mairie"),
    ("secretaire2", "Odile", "Varnier", "secretary", ["mairie-55108"], "Secrétaire de mairie"),
    ("dpo", "Yves", "Renard", "dpo", [], "Délégué à la protection des données"),
]

# login, first name, last name, birth date, street, INSEE code, phone
RESIDENTS = [
    ("camille", "Camille", "Duchêne", "1988-04-12", "8 rue du Lavoir", "55040", "06 39 98 00 41"),
    ("sacha", "Sacha", "Bertin", "1986-09-30", "3 route de Bar", "55108", "06 39 98 00 42"),
    ("dominique", "Dominique", "Aubry", "1954-01-22", "12 grande rue", "55040", "06 39 98 00 43"),
    ("asso", "Inès", "Colas", "1979-06-05", "1 place de la Mairie", "55108", "06 39 98 00 44"),
    ("entreprise", "Paul", "Hussenet", "1971-11-17", "25 rue Haute", "55040", "06 39 98 00 45"),
]
# first name, last name, birth date: children of camille and sacha
CHILDREN = [("Lou", "Bertin", "2017-03-02"), ("Noé", "Bertin", "2020-10-19")]

# login of the delegate, kind, name, values
ORGANISATIONS = [
    (
        "asso",
        "association",
        "Foyer rural des Trois Vallons",
        {"rna": "W551000001", "street": "2 rue des Écoles"},
    ),
    (
        "entreprise",
        "company",
        "Menuiserie Hussenet",
        {"company_registry": "00000001800002", "street": "4 zone artisanale"},
    ),
]
