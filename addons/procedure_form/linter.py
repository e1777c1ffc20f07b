"""Questions that the law forbids to ask (never to be asked, whatever the form says), and health
data, which have their own store. Looked for in keys, labels, help texts and choices."""

import re
import unicodedata

FORBIDDEN = {
    "nir": r"\bnir\b|numeros? de secu|securite sociale|\bn[o°] ?secu\b|\bnumero_secu|\bsecu\b",
    "disability": r"handicap|invalidite",
    "religion": r"religi|\bhalal\b|\bcasher\b|\bkasher\b|\bcacher\b|confession",
    "origin": r"\borigines? ethni|\bethni|nationalite|\brace\b|couleur de peau",
    "marital": r"situation matrimoniale|etat matrimonial|statut marital|situation maritale"
    r"|situation_matrimoniale",
    "whole_document": r"jugement (complet|integral)|avis d[’' ]impots? (complet|integral)"
    r"|carnet de sante (complet|entier|integral)",
    "password": r"mot de passe",
}
HEALTH = (
    r"\bsante\b|maladie|allerg|vaccin|medica|traitement(?!s? des? (dechet|demande|donnee))"
    r"|\bpai\b|diagnosti|ordonnance medicale|pathologi|groupe sanguin|grossesse"
)
# Allowed to ask, but not for a mailbox that others may read.
PRIVATE = (
    r"quotient|revenu|ressources|impot|imposable|\brsa\b|chomage|emploi|salaire|dette|surendett"
    r"|divorc|separ(e|ation)|veuf|veuve|deces|garde alternee|tutelle|curatelle|violence|police"
    r"|\bporc\b|\bviande\b|regime alimentaire|\bmdph\b|enceinte|\baah\b|\bcss\b|\bcmu\b"
    r"|psycholog|psychiatr|fauteuil roulant|\bcaf\b|\bqf\b|mobilite inclusion|condamn"
)

# Codes of the documents that a school registration may demand (code de l'éducation, D131-3-1).
SCHOOL_DOCUMENTS = ("child_identity", "guardian_identity", "address_proof", "proof_of_address")


def _fold(text):
    text = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in text if not unicodedata.combining(char))


def forbidden_topics(text):
    """Codes of the forbidden topics that this text evokes."""
    folded = _fold(text)
    return [code for code, pattern in FORBIDDEN.items() if re.search(pattern, folded)]


def is_health(text):
    return bool(re.search(HEALTH, _fold(text)))


def is_delicate(text):
    """Whether what it asks is better read on the applicant's page than in a mail."""
    return bool(re.search(f"{HEALTH}|{PRIVATE}", _fold(text)) or forbidden_topics(text))
