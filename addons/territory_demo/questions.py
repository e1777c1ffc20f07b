"""Questions asked at the counter, and what they are answered. Made up, but for the law."""

# Xml id, question, what people type, answer.
QUESTIONS = [
    (
        "leaves",
        "Puis-je brûler mes feuilles et mes branches ?",
        "feu de jardin, brûler déchets verts",
        "<p>Non, toute l’année : brûler des déchets verts à l’air libre est interdit. "
        "Le tas de compost du jardin, le broyage ou la déchèterie les prennent.</p>",
    ),
    (
        "noise",
        "À quelles heures puis-je tondre ?",
        "bruit du voisin, tondeuse, perceuse",
        "<p>Du lundi au samedi de 8 h à 12 h et de 14 h à 19 h, le dimanche de 10 h à 12 h. "
        "Votre commune peut avoir d’autres heures : demandez à la mairie.</p>",
    ),
    (
        "stray",
        "J’ai trouvé un chien perdu : que faire ?",
        "animal errant, fourrière",
        "<p>Appelez la mairie du village où il se trouve : elle prévient la fourrière et cherche "
        "son propriétaire. S’il porte un tatouage, notez-le.</p>",
    ),
    (
        "help",
        "Je n’ai pas d’ordinateur : qui m’aide à faire une démarche ?",
        "aide internet, démarche papier",
        "<p>Une personne du territoire la fait avec vous, par téléphone ou sur place. "
        "Chaque formulaire s’imprime aussi, et se rend à la mairie.</p>",
    ),
]
