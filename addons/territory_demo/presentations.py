"""What some sheets of the directory say of themselves. Everything here is made up."""

# Name of the sheet: paragraphs of its presentation.
PRESENTATIONS = {
    "Chèvrerie du Haut-Bois": [
        "Quarante chèvres alpines, deux éleveurs, et des fromages faits chaque matin avec le "
        "lait de la traite.",
        "La traite de 17\xa0h est ouverte aux familles en avril, mai et juin. On goûte avant "
        "de choisir\xa0: frais, aux herbes, ou affiné trois semaines.",
    ],
    "Les Paniers du Vallon": [
        "Un hectare et demi de jardin, sans pesticides, et quarante sortes de plantes dans "
        "l’année.",
        "Petit panier à 10\xa0€, grand panier à 16\xa0€. On s’engage pour un mois, on met en "
        "pause pendant les vacances.",
    ],
    "Rucher de la Côte": [
        "Soixante ruches entre le bois et les vergers. La récolte se fait en juin et en "
        "août\xa0; l’atelier se visite ces jours-là.",
        "Un essaim chez vous\xa0? Ne le touchez pas, appelez\xa0: nous venons le chercher.",
    ],
    "Boucherie des Arcades": [
        "Les bêtes viennent de fermes à moins de trente kilomètres, leurs noms sont au tableau.",
        "Plats cuisinés le mardi et le jeudi, buffets pour les fêtes sur commande une semaine"
        " avant.",
    ],
    "Auberge des Deux Rives": [
        "Une salle de trente couverts, une terrasse au-dessus de l’eau, et une ardoise qui "
        "change chaque jour.",
        "Truite aux amandes le vendredi, tarte aux mirabelles en saison. Un plat sans viande "
        "est toujours prévu. Les groupes réservent trois jours avant.",
    ],
    "Café de la Fontaine": [
        "Rouvert en 2021 par une vingtaine d’habitants, le café est tenu par des bénévoles et"
        " une salariée.",
        "Soupe, quiche et gâteau le midi. Le vendredi soir, on joue\xa0; le premier samedi du"
        " mois, on répare ensemble ce qui est cassé.",
    ],
    "Au Fil des Ciseaux": [
        "Je viens avec mon matériel, chez vous ou en maison de retraite, dans les villages "
        "alentour.",
        "Shampooing, coupe, couleur, barbe. Pas de frais de route à moins de quinze kilomètres.",
    ],
    "Maison de santé des Étangs": [
        "Deux médecins, des infirmières et un kinésithérapeute partagent le même accueil.",
        "Le matin, des rendez-vous restent libres pour ce qui n’attend pas\xa0: appelez à "
        "partir de 8\xa0h\xa030. Une infirmière vous accompagne pour voir un spécialiste par "
        "l’écran.",
    ],
    "Menuiserie Hussenet": [
        "Trois menuisiers, un atelier ouvert en 1987, et du chêne des forêts voisines.",
        "Nous venons mesurer, nous dessinons, puis vous recevez un devis sous dix jours. "
        "Comptez deux mois pour une fenêtre, quatre pour un escalier.",
    ],
    "Poterie du Four Ancien": [
        "Des bols, des plats, des théières, tournés à la main et cuits dans un four à bois "
        "restauré.",
        "L’atelier se visite pendant les heures d’ouverture. Stages de deux heures pour les "
        "enfants à partir de six ans, d’une journée pour les adultes.",
    ],
    "Micro-crèche Les Petits Pas": [
        "Quatre professionnelles accueillent douze enfants dans une maison avec jardin.",
        "On mange ce qui est cuisiné sur place. Une semaine sert à faire connaissance, avec "
        "vous, avant le premier jour.",
    ],
    "Stade intercommunal du Pré": [
        "Un terrain en herbe, une piste de 250 mètres et un city-stade éclairé jusqu’à 22\xa0h.",
        "Le club a le terrain le mercredi et le samedi\xa0; le reste du temps, chacun y "
        "vient, sans réserver.",
    ],
    "Médiathèque du Moulin": [
        "Huit mille livres, des films, des jeux, six ordinateurs, dans l’ancien moulin.",
        "L’inscription est gratuite. On emprunte dix documents pour un mois\xa0; pour qui ne "
        "peut pas venir, un bénévole les porte à la maison.",
    ],
    "Sentier des Sources": [
        "Départ devant le lavoir, balisage jaune. Trois sources, un moulin, un affût pour "
        "voir le martin-pêcheur.",
        "De bonnes chaussures suffisent. Le dernier kilomètre est boueux d’octobre à "
        "mars\xa0; les chiens sont tenus en laisse.",
    ],
    "Gîte de la Clairière": [
        "Une ancienne maison de garde, trois chambres, une cuisine où l’on tient à six.",
        "Draps et bois sont compris. On arrive à partir de 16\xa0h, on repart quand on veut "
        "le dimanche. Les vélos dorment à l’abri.",
    ],
    "Amicale des pêcheurs du Vallon": [
        "Quatre-vingts membres, douze kilomètres de rives, deux étangs.",
        "L’école de pêche prend les enfants à partir de huit ans, le matériel est prêté. Deux"
        " samedis par an, on nettoie les berges\xa0: tout le monde peut venir.",
    ],
    "Les Marcheurs du Haut-Pays": [
        "Le départ est donné le dimanche à 9\xa0h, d’un village différent, lu la veille sur "
        "cette page.",
        "Deux groupes\xa0: huit kilomètres à l’allure de la conversation, quinze d’un bon "
        "pas. La première sortie est offerte.",
    ],
    "L’Armoire partagée": [
        "Le local reçoit les dons et les rend, sans papiers et sans condition.",
        "Une boisson chaude attend chacun. Pour un colis, un mot suffit\xa0; pour donner un "
        "meuble, appelez, la camionnette passe le vendredi.",
    ],
}

# Name of the sheet: for whom it is made. The others are for everybody.
AUDIENCES = {
    "Chèvrerie du Haut-Bois": ["family"],
    "Poterie du Four Ancien": ["family", "youth"],
    "Micro-crèche Les Petits Pas": ["family"],
    "Relais petite enfance": ["family"],
    "École des Deux Vallées": ["family", "newcomer"],
    "Stade intercommunal du Pré": ["youth"],
    "Médiathèque du Moulin": ["family", "youth", "senior"],
    "Au Fil des Ciseaux": ["senior"],
    "Infirmières du Vallon": ["senior"],
    "Maison des services de Beausite": ["newcomer", "senior"],
    "Foyer rural des Trois Vallons": ["youth", "senior"],
    "Amicale des pêcheurs du Vallon": ["youth"],
    "Les Marcheurs du Haut-Pays": ["senior", "newcomer"],
    "Comité des fêtes des Quatre-Chemins": ["senior"],
    "Zone artisanale des Peupliers": ["company"],
    "Logement communal, rue des Vergers": ["newcomer"],
}
