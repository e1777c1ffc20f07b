"""The pages that are visited at both widths and given to axe: add yours here (docs/testing.md)."""

# Name of the screenshot: address.
PUBLIC = {
    "accueil": "/",
    "demarches": "/demarches",
    "recherche": "/demarches?q=ma%20poubele%20est%20cass%C3%A9e",
    "recherche-ailleurs": "/demarches?q=passeport",
    "recherche-rien": "/demarches?q=zzzzz",
    "demarche-presentation": "/demarches/demander-changer-ou-rendre-un-bac-a-ordures",
    "demarche-externe": "/demarches/payer-la-cantine",
    "formulaire": "/demarches/demander-changer-ou-rendre-un-bac-a-ordures/formulaire",
    "formulaire-avec-compte": "/demarches/inscrire-a-la-cantine-et-a-la-garderie/formulaire",
    "communes": "/communes",
    "communes-recherche": "/communes?q=sur-aire",
    "communes-rien": "/communes?q=zzzzz",
    "communes-carte": "/communes/carte",
    "mon-village": "/communes/mon-village",
    "commune": "/communes/beausite",
    "commune-a-l-essai": "/communes/chaumont-sur-aire",
    "commune-en-preparation": "/communes/baudremont",
    "commune-page": "/communes/beausite/lhistoire-du-village",
    "suivi": "/suivi",
    "suivi-code-perdu": "/suivi/code",
    "site-recherche": "/recherche?chercher=1",
    "site-recherche-mots": "/recherche?q=poubelle",
    "site-recherche-filtre": "/recherche?q=boulangerie&ou=vaubecourt&genre=sheet&pres=55040",
    "site-recherche-rien": "/recherche?q=zzzzz",
    "site-recherche-ailleurs": "/recherche?q=passeport",
    "annuaire": "/annuaire",
    "annuaire-filtre": "/annuaire?c=commerces&c=producteurs&acces=plain-pied",
    "annuaire-recherche": "/annuaire?q=boulanjerie",
    "annuaire-carte": "/annuaire?carte=1",
    "annuaire-rien": "/annuaire?q=zzzzz",
    "fiche": "/annuaire/l-epicerie-du-pont",
    "fiche-itinerante": "/annuaire/la-tournee-du-pain",
    "signaler": "/signaler-une-erreur/territory.commune/1",
    "inscription": "/inscription",
    "connexion": "/web/login",
    "mot-de-passe": "/web/reset_password",
    "accessibilite": "/accessibilite",
    "mentions-legales": "/mentions-legales",
    "donnees-personnelles": "/donnees-personnelles",
    "plan-du-site": "/plan-du-site",
}
# Persona: pages of her own space.
PRIVATE = {
    "camille": {
        "mon-espace": "/my",
        "mes-demandes": "/my/demandes",
        "mon-foyer": "/my/foyer",
        "mon-compte": "/my/account",
        "ma-securite": "/my/security",
        "formulaire-prerempli": "/demarches/demander-un-badge-de-decheterie/formulaire",
    },
    "secretaire2": {
        "signalements-aucun": "/my/contributions/signalements",
        "a-verifier": "/my/contributions/a-verifier",
    },
    "entreprise": {"mon-espace-entreprise": "/my", "mon-foyer-entreprise": "/my/foyer"},
    "asso": {
        "mes-contributions-asso": "/my/contributions",
        "fiche-a-tenir": "/annuaire/l-epicerie-du-pont/tenir",
    },
    "secretaire": {"mon-espace-mairie": "/my", "mes-contributions": "/my/contributions"},
    "communication": {
        "a-relire": "/my/a-relire",
        "a-verifier-tout": "/my/contributions/a-verifier",
        "a-verifier-chiffres": "/my/contributions/a-verifier/chiffres",
        "page-nouvelle": "/my/contributions/nouveau?model=commune.page",
        "page-retirer": "/my/contributions/page/commune.page/1/en-ligne",
        "a-verifier-choix": "/my/contributions/a-verifier?genre=territory.commune",
    },
}
# Persona: our actions in the back office, by xml id; the list and its first record are opened.
BACK_OFFICE = {
    "agent.dechets": {
        "demandes": "procedure_desk.procedure_request_action",
        "bacs": "waste_collection.waste_container_action",
    },
    "responsable": {
        "procedures": "procedure_form.procedure_procedure_action",
        "annuaire-fiches": "website_directory.directory_entry_action",
        "annuaire-categories": "website_directory.directory_category_action",
        "propositions": "content_approval.content_revision_action",
        "types-de-contenu": "content_approval.content_type_action",
        "communes": "territory_base.territory_commune_action",
        "services": "territory_base.territory_service_action",
    },
    "dpo": {"registre": "privacy_register.privacy_processing_action"},
}
# The same, of lists that a demo may leave empty or that are edited in place: no record is opened.
BACK_OFFICE_LISTS = {
    "responsable": {
        "fiches-a-confirmer": "website_directory_claim.directory_claim_action",
        "relecteurs": "content_approval.content_validator_action",
        "signalements": "website_content_report.content_report_action",
        "verifications": "content_review.content_review_action",
        "campagnes": "content_review.content_review_campaign_action",
        "recherches-sans-reponse": "territory_search.territory_search_miss_action",
    },
}
