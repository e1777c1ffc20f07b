"""How two town halls take a procedure, and a form that is not published yet. All made up."""

from .people import OTHER_COMMUNE, SECRETARY_COMMUNE

# Code of the procedure, commune, what its town hall says of it.
ROWS = [
    (
        "LOUER",
        SECRETARY_COMMUNE,
        {
            "mode": "online",
            "rules": "La salle des fêtes se loue aux habitants de Beausite et des communes "
            "voisines, la salle du Lavoir aux habitants seulement.\n"
            "La musique s’arrête à 1\xa0h. Le feu d’artifice n’est pas permis.\n"
            "Les tables et les chaises se rangent le soir même.",
            "documents_text": "L’attestation d’assurance au nom de la personne qui loue",
            "delay_text": "Sous une semaine",
        },
    ),
    (
        "VOIRIE",
        OTHER_COMMUNE,
        {
            "mode": "direct",
            "direct_text": "La mairie prend les signalements par téléphone, le mardi de "
            "16\xa0h à 19\xa0h et le vendredi de 9\xa0h à 12\xa0h.",
        },
    ),
]
# A question that the next version of a form asks.
TRIED = "VOIRIE"
QUESTION = ("street_side", "char", "De quel côté de la rue\xa0?", {"max_length": 60})
NOTE = "Martine, de la mairie"
