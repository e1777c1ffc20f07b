{
    "name": "E-Territoire",
    "summary": "The whole platform: every module that a rural authority needs, in one install",
    "version": "19.0.1.0.0",
    "category": "Services/E-Territoire",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "application": True,
    # Servers run with --skip-auto-install, so that iap, sms, snailmail, partner_autocomplete and
    # mail_bot never come in: each bridge that we do want is named here.
    "depends": [
        # Odoo
        "auth_passkey_portal",
        "auth_timeout",
        "auth_totp_mail",
        "auth_totp_portal",
        "base_import",
        "website_mail",
        # OCA
        "auth_user_case_insensitive",
        "disable_odoo_online",
        # E-Territoire
        "mail_retry",
        "privacy_register",
        "privacy_register_export",
        "privacy_retention",
        "procedure_builder",
        "procedure_digest",
        "procedure_export",
        "procedure_letter",
        "procedure_mailgateway",
        "procedure_print",
        "procedure_retention",
        "procedure_silence",
        "procedure_template",
        "public_guard",
        "report_weasyprint",
        "territory_search",
        "waste_collection",
        "website_procedure_blank",
        "website_procedure_counter",
        "website_procedure_theme",
    ],
    "data": [
        "data/mail_message_data.xml",
        "data/res_partner_data.xml",
        "data/website_data.xml",
    ],
}
