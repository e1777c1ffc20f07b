"""Procedures that the demo adds to those of service addons, and the requests of a year."""

# What the town hall and the childhood service ask; `external` ones are handled elsewhere.
PROCESSING = {
    "purpose": "Traiter votre demande et vous répondre.",
    "legal_basis": "public_task",
    "person_categories": "Les personnes qui font la demande, et celles pour qui elles la font.",
    "data_categories": "Nom, coordonnées, réponses au formulaire et documents joints.",
    "mandatory_note": "Les réponses sont nécessaires, sauf celles marquées «\xa0facultatif\xa0». "
    "Sans elles, la demande ne peut pas être traitée.",
    "recipients": "Les agents du service qui traite la demande.",
    "transfers": "Aucun.",
    "security_measures": "Accès réservé aux agents du service, journal des décisions, fichiers "
    "contrôlés à l’arrivée.",
    "retention": "Un an après la fin de la demande.",
}

PROCEDURES = [
    {
        "code": "CANTINE",
        "name": "Inscrire à la cantine et à la garderie",
        "short_name": "Cantine et garderie",
        "summary": "Le dossier de l'année, pour un enfant de 3 ans ou plus.",
        "topic": "enfance",
        "audiences": ["resident", "newcomer"],
        "service": "enfance",
        "regime": "svr",
        "legal_basis": "Décret 2016-625, annexe\xa0: service dont l'accès est limité "
        "par sa capacité",
        "account_required": True,
        "applicant_kinds": "child",
        "retention_months": 12,
        "keywords": "périscolaire repas mercredi",
        "handling_days": 10,
        "fields": [
            ("s_child", "section", "L'enfant", {}),
            ("school", "char", "École", {"required": True}),
            ("s_days", "section", "Ses jours", {}),
            (
                "when",
                "multi_selection",
                "Quand votre enfant vient-il\xa0?",
                {
                    "required": True,
                    "options": [("school_days", "Les jours d'école"), ("wednesday", "Le mercredi")],
                },
            ),
            (
                "days",
                "weekly_grid",
                "Les jours d'école",
                {
                    "required": True,
                    "grid_days": "1,2,4,5",
                    "help": "Cochez chaque jour voulu, pour une semaine ordinaire.",
                    "options": [
                        ("morning", "Garderie du matin"),
                        ("canteen", "Cantine"),
                        ("evening", "Garderie du soir"),
                    ],
                    "if": ("when", "school_days"),
                },
            ),
            (
                "wednesday",
                "selection",
                "Le mercredi",
                {
                    "required": True,
                    "options": [
                        ("morning", "Le matin, sans repas"),
                        ("meal", "Le matin et le repas"),
                        ("day", "Toute la journée"),
                    ],
                    "if": ("when", "wednesday"),
                },
            ),
            (
                "changing",
                "text",
                "Si ses jours changent d'une semaine à l'autre, dites comment",
                {},
            ),
            ("date_start", "date", "À partir du", {"required": True}),
            ("s_tariff", "section", "Le tarif", {}),
            (
                "caf_number",
                "char",
                "Numéro d'allocataire CAF ou MSA",
                {"help": "De 6 à 8 chiffres. Sans ce numéro, le tarif le plus haut s'applique."},
            ),
            ("s_documents", "section", "Vos documents", {}),
            ("insurance", "file", "Assurance scolaire de l'année", {"required": True}),
        ],
        "steps": ["Dossier à vérifier", "Dossier actif"],
    },
]

EXTERNALS = [
    {
        "code": "PAIECANTINE",
        "name": "Payer la cantine",
        "summary": "Recharger le compte prépayé des repas.",
        "topic": "enfance",
        "external_url": "https://www.exemple-portail-famille.fr/",
        "external_label": "le Portail Famille",
    },
    {
        "code": "PAIEGARDERIE",
        "name": "Payer la facture de garderie",
        "summary": "La facture du mois, par carte bancaire.",
        "topic": "enfance",
        "external_url": "https://www.payfip.gouv.fr/",
        "external_label": "le site de paiement du Trésor public",
    },
]

# Topics, delays and words of the procedures of service addons.
WASTE = {
    "waste_collection.procedure_bin": ("Livraison sous 10 jours", "poubelle bac conteneur ordures"),
    "waste_collection.procedure_badge": ("Badge prêt sous 5 jours", "carte décharge déchetterie"),
    "waste_collection.procedure_missed": ("Réponse sous 2 jours", "poubelle ramassage oubli"),
}

# Templates: the service that answers (none: the town halls), the topic.
REPORTS = {
    "situation_foyer": ("enfance", "enfance"),
    "situation_organisme": ("enfance", "vie-locale"),
    "meuble_tourisme": ("", "logement"),
    "chambre_hotes": ("", "logement"),
    "hebergement_autre": ("", "logement"),
    "04_raccordement_eau": ("", "eau"),
}

# What was asked by phone in the past months: enough answers for the usual delay on both pages.
PAST = {
    "waste_collection.procedure_missed": {"waste_stream": "household", "container_out": "1"},
    "waste_collection.procedure_badge": {
        "badge_request": "first",
        "badge_holder": "household",
        "delivery": "pick_up",
    },
}
# First name, last name, days since it was received, days until the answer.
CALLERS = [
    ("Jeanne", "Maillard", 214, 1),
    ("Marcel", "Thiriet", 187, 3),
    ("Nadia", "Perrin", 171, 2),
    ("Lucien", "Vautrin", 143, 2),
    ("Élise", "Colin", 126, 4),
    ("Bruno", "Jacquot", 98, 1),
    ("Fatima", "Lambert", 77, 2),
    ("Rémi", "Husson", 59, 3),
    ("Odile", "Claudel", 41, 2),
    ("Karim", "Didier", 22, 2),
]
