"""The pages that are visited at both widths and given to axe: add yours here (docs/testing.md)."""

# Name of the screenshot: address.
PUBLIC = {
    "connexion": "/web/login",
    "inscription": "/web/signup",
    "mot-de-passe": "/web/reset_password",
    "accueil": "/",
}
# Persona: pages of her own space.
PRIVATE = {
    "admin": {"mon-espace": "/my"},
}
# Persona: our actions in the back office, by xml id, and the kinds of view to open.
BACK_OFFICE = {
    "admin": {
        "communes": "territory_base.territory_commune_action",
        "services": "territory_base.territory_service_action",
    },
}
