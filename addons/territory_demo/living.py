"""The territory around the personas: families, colleagues, organisations, and what they asked in
eight months. Everything here is made up, and the same each time (SEED)."""

SEED = 55
# Days of history before the installation.
SPAN = 240

# login, first name, last name, group, codes of services, title in the decisions: colleagues
# without a password, nobody signs in.
STAFF = [
    ("agent.jeunesse", "Julien", "Gérardin", "agent", ["jeunesse"], "Responsable jeunesse"),
    ("agent.social", "Sabrina", "Noël", "agent", ["social"], "Conseillère sociale"),
    ("agent.habitat", "Thomas", "Richier", "agent", ["amenagement"], "Chargé de l’habitat"),
    ("agent.accueil", "Brigitte", "Maginot", "agent", ["accueil"], "Agente d’accueil"),
    ("secretaire3", "Valérie", "Simonin", "secretary", ["mairie-55517"], "Secrétaire de mairie"),
]
# The commune whose hall is lent.
HALL_COMMUNE = "55517"
# Services of data/ that come to life; phone of each.
SERVICES = {
    "accueil": "03 53 01 00 00",
    "jeunesse": "03 53 01 00 30",
    "social": "03 53 01 00 40",
    "amenagement": "03 53 01 00 50",
    "mairie-55517": "03 53 01 01 03",
}

HOUSEHOLDS = 36
# Of them, those whose first adult has an account; it has no password, nobody signs in.
ACCOUNTS = 14
FIRST_NAMES = [
    *("Adrien", "Agathe", "Alain", "Amandine", "Arnaud", "Aurore", "Benoît", "Brigitte", "Cécile"),
    *("Charles", "Chloé", "Claire", "Clément", "Damien", "Denise", "Didier", "Éliane", "Émilie"),
    *("Fabien", "Farid", "Florence", "François", "Gaëlle", "Gérard", "Guillaume", "Hugo", "Irène"),
    *("Isabelle", "Jérôme", "Joël", "Julie", "Laurent", "Leïla", "Louise", "Manon", "Marie"),
    *("Mathilde", "Maxime", "Mehdi", "Michel", "Monique", "Nicolas", "Nora", "Olivier", "Pascal"),
    *("Patricia", "Pauline", "Quentin", "Régine", "Robert", "Romain", "Sandrine", "Sophie"),
    *("Stéphane", "Sylvie", "Théo", "Valentin", "Véronique", "Vincent", "Yasmine", "Yvette"),
]
CHILD_NAMES = [
    *("Alice", "Ambre", "Arthur", "Axel", "Camélia", "Éden", "Ella", "Enzo", "Gabin", "Inaya"),
    *("Jade", "Jules", "Léna", "Lina", "Maël", "Malo", "Mila", "Nino", "Rose", "Tom", "Zoé"),
]
LAST_NAMES = [
    *("Adam", "Antoine", "Barthélemy", "Bastien", "Baudot", "Bernardin", "Blaise", "Bourgeois"),
    *("Chardin", "Collignon", "Conrard", "Demange", "Dupuis", "Étienne", "Fournier", "Gallois"),
    *("Gillet", "Guyot", "Henriot", "Humbert", "Jacquemin", "Lallemand", "Lecomte", "Mangin"),
    *("Mathieu", "Mengin", "Mougel", "Nicolas", "Oudin", "Parisot", "Pierron", "Poirot"),
    *("Remy", "Rouyer", "Thomassin", "Vigneron"),
]
STREETS = [
    *("rue de l’Église", "rue du Moulin", "grande rue", "rue des Vergers", "rue du Four"),
    *("chemin des Prés", "rue de la Fontaine", "rue du Château", "place de l’Abreuvoir"),
]
# kind, name, values: they ask by those who work there, no account is theirs.
ORGANISATIONS = [
    ("association", "Amicale des pêcheurs du Vallon", {"rna": "W551000002"}),
    ("association", "Les Marcheurs du Haut-Pays", {"rna": "W551000003"}),
    ("association", "Comité des fêtes des Quatre-Chemins", {"rna": "W551000004"}),
    ("company", "Épicerie de la Halte", {"company_registry": "00000002600005"}),
]

WEEKS = [("summer", "Vacances d’été"), ("autumn", "Vacances d’automne")]
PROCEDURES = [
    {
        "code": "ATELIERS",
        "name": "Inscrire un enfant aux ateliers des vacances",
        "short_name": "Ateliers des vacances",
        "summary": "Une semaine d’ateliers, de 6 à 14 ans.",
        "topic": "enfance",
        "audiences": ["resident"],
        "service": "jeunesse",
        "regime": "svr",
        "legal_basis": "Décret 2016-625, annexe\xa0: service dont l'accès est limité "
        "par sa capacité",
        "retention_months": 12,
        "handling_days": 10,
        "fields": [
            ("s_week", "section", "La semaine", {}),
            ("child_name", "char", "Prénom et nom de l’enfant", {"required": True}),
            ("week", "selection", "Quelles vacances\xa0?", {"required": True, "options": WEEKS}),
            ("insurance", "file", "Attestation d’assurance", {"required": True}),
        ],
        "steps": ["Place réservée", "Dossier complet"],
    },
    {
        "code": "REPAS",
        "name": "Demander des repas livrés à domicile",
        "short_name": "Repas à domicile",
        "summary": "Pour une personne âgée ou empêchée de cuisiner.",
        "topic": "vie-locale",
        "audiences": ["resident"],
        "service": "social",
        "regime": "svr",
        "legal_basis": "Décret 2016-625, annexe\xa0: prestations d’action sociale",
        "retention_months": 12,
        "handling_days": 5,
        "fields": [
            ("s_meals", "section", "Les repas", {}),
            ("meals", "integer", "Combien de repas par semaine\xa0?", {"required": True}),
            ("date_start", "date", "À partir du", {"required": True}),
        ],
        "steps": ["Visite", "Tournée fixée"],
    },
    {
        "code": "RENOVER",
        "name": "Demander une aide pour rénover son logement",
        "short_name": "Aide à la rénovation",
        "summary": "Isolation, chauffage, accès d’une personne âgée.",
        "topic": "logement",
        "audiences": ["resident"],
        "service": "amenagement",
        "regime": "svr",
        "legal_basis": "Décret 2016-625, annexe\xa0: subventions",
        "retention_months": 24,
        "handling_days": 21,
        "fields": [
            ("s_work", "section", "Les travaux", {}),
            (
                "work",
                "selection",
                "Quels travaux\xa0?",
                {
                    "required": True,
                    "options": [
                        ("insulation", "Isolation"),
                        ("heating", "Chauffage"),
                        ("access", "Accès et salle d’eau"),
                    ],
                },
            ),
            ("estimate", "file", "Devis", {"required": True}),
        ],
        "steps": ["Visite", "Devis vérifié", "Commission"],
    },
    {
        "code": "FOYER",
        "name": "Réserver le foyer communal",
        "short_name": "Foyer communal",
        "summary": "Pour une fête de famille ou une réunion.",
        "topic": "vie-locale",
        "audiences": ["resident", "association"],
        "service": "mairie-55517",
        "regime": "svr",
        "legal_basis": "Décret 2016-625, annexe\xa0: occupation du domaine public",
        "retention_months": 12,
        "handling_days": 8,
        "fields": [
            ("s_party", "section", "La réservation", {}),
            ("date_wished", "date", "Jour souhaité", {"required": True}),
            ("guests", "integer", "Combien de personnes\xa0?", {"required": True}),
        ],
        "steps": ["Date retenue", "Clés remises"],
    },
]
# Who answers each procedure.
AGENTS = {
    "ATELIERS": "agent_jeunesse",
    "REPAS": "agent_social",
    "RENOVER": "agent_habitat",
    "FOYER": "secretaire3",
}
# What happens to a request, in days after it came; what is still to come leaves it open.
STORIES = {
    "closed": [("take", 1), ("accept", 4), ("close", 9)],
    "asked": [("take", 1), ("ask", 3), ("write", 5), ("receive", 6), ("accept", 8), ("close", 14)],
    "refused": [("take", 2), ("refuse", 6)],
    "conditional": [("take", 1), ("condition", 5)],
    "dropped": [("take", 1), ("drop", 12)],
    "cancelled": [("take", 1), ("cancel", 3)],
    "answered": [("take", 1), ("write", 2), ("reply", 3), ("accept", 5)],
    "in_review": [("take", 1)],
    "to_complete": [("take", 1), ("ask", 2)],
    "waiting_list": [("take", 1), ("wait", 2)],
    "written": [("take", 1), ("write", 2)],
    "submitted": [],
}
# The stories of the past months in turn, then of each request of the last ones, oldest first:
# days before the installation.
PAST = ["closed", "closed", "asked", "refused", "closed", "answered", "conditional", "dropped"]
PAST_REQUESTS = 68
RECENT = [
    *((38, "in_review"), (36, "submitted"), (34, "to_complete"), (33, "cancelled")),
    *((31, "waiting_list"), (30, "written"), (27, "submitted"), (26, "in_review")),
    *((24, "refused"), (22, "waiting_list"), (20, "answered"), (19, "closed"), (17, "submitted")),
    *((15, "to_complete"), (14, "conditional"), (13, "in_review"), (12, "answered")),
    *((10, "written"), (9, "submitted"), (8, "in_review"), (7, "cancelled"), (6, "to_complete")),
    *((5, "answered"), (4, "in_review"), (3, "written"), (2, "submitted"), (1, "submitted")),
]
WORDS = {
    "accept": ["C’est entendu\xa0: nous vous attendons.", "Votre demande est acceptée."],
    "refuse": [
        "Il ne reste plus de place pour ces dates.",
        "Votre logement a déjà reçu cette aide il y a moins de dix ans.",
    ],
    "drop": ["Vous nous avez dit ne plus en avoir besoin.", "Cette demande fait double emploi."],
    "condition": ["Le règlement signé est à rapporter avant le premier jour."],
    "ask": ["La page est coupée\xa0: il manque la date.", "Ce papier date de l’an dernier."],
    "wait": ["Vous êtes sur la liste\xa0: nous vous écrivons dès qu’une place se libère."],
    "write": [
        "Bonjour, faut-il venir avec l’original\xa0?",
        "Bonjour, puis-je encore changer la date\xa0?",
        "Bonjour, avez-vous bien reçu mon papier\xa0?",
    ],
    "reply": ["Bonjour, oui, c’est noté. Bonne journée."],
}
