"""The mails about an account have their greeting and their foot by the look of all mails: their
words are taken anew from the data, which an update leaves alone otherwise."""

MAILS = (
    "mail_confirm_signup",
    "mail_already_registered",
    "mail_identifiers",
    "mail_reset_password",
)


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        DELETE FROM mail_template WHERE id IN (
            SELECT res_id FROM ir_model_data
             WHERE module = 'partner_household' AND model = 'mail.template' AND name IN %s
        )
        """,
        [MAILS],
    )
    cr.execute(
        "DELETE FROM ir_model_data WHERE module = 'partner_household' AND name IN %s", [MAILS]
    )
