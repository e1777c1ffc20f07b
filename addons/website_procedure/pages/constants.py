"""What several parts of a page share."""

DRAFT_DAYS = 90
# In the session, by procedure: the secret of the form that this browser began.
SESSION_CLAIMS = "procedure_claims"
# In the session, by procedure: when a script kept what was typed, where no button was pressed yet.
SESSION_SAVED = "procedure_saved"
# The word of the last page, in its address.
CHECK_STEP = "verifier"
# What the signed address of an acknowledgment is for.
ACKNOWLEDGMENT = "website_procedure.acknowledgment"
AUTOCOMPLETE = {
    "firstname": "given-name",
    "lastname": "family-name",
    "birthdate": "bday",
    "email": "email",
    "phone": "tel",
    "street": "street-address",
    "contact_firstname": "given-name",
    "contact_lastname": "family-name",
    "contact_email": "email",
    "contact_phone": "tel",
}
