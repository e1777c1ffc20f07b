"""What people say of the site and of its answers. Everything here is made up."""

# Procedures of which answered people say whether they are satisfied: enough of them for figures.
SURVEYED = "ATELIERS"
# Of this one, too few.
SURVEYED_FEW = "REPAS"
FEW = 2
ANSWERED_DAYS_AGO = 20
# In turn: satisfied or not, with what words.
ANSWERS = [
    (True, "Réponse rapide, merci."),
    (True, ""),
    (False, "J’ai dû envoyer deux fois la même attestation."),
    (True, "Tout s’est fait depuis mon téléphone."),
    (True, ""),
    (True, "La dame au téléphone a été très patiente."),
    (False, "Je n’ai pas compris pourquoi il fallait attendre."),
]

# What happened, what was expected, address, page, browser and size of the window, answer.
PROBLEMS = [
    (
        "Quand j’agrandis le texte, le bouton «\xa0Continuer\xa0» passe sous la photo.",
        "Pouvoir appuyer dessus.",
        "",
        "/demarches/inscrire-a-la-cantine-et-a-la-garderie/formulaire",
        ("Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0", "390 × 844"),
        "",
    ),
    (
        "La carte des villages reste grise.",
        "",
        "lectrice@exemple.org",
        "/communes/carte",
        ("", ""),
        "Bonjour, la carte s’affiche de nouveau depuis ce matin. Merci de votre message.",
    ),
]
