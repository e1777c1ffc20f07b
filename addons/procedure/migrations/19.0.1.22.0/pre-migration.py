"""The law of silence is `procedure_silence`'s: its fields, their choices and its words.

The columns stay as they are: only who owns them changes, before the update looks for what is gone.
"""

from odoo.tools import SQL

FIELDS = {
    "procedure_procedure": (
        "regime",
        "legal_basis",
        "delay_number",
        "delay_unit",
        "has_consultative_body",
        "delay_consulted_number",
        "clock_start",
        "suspension",
        "silence_warning_days",
        "validated_by_id",
        "validated_on",
        "open_without_silence",
    ),
    "procedure_request": ("date_silence", "silence_rule", "is_silence_to_check", "silence_effect"),
}
KINDS = ("implicit_accepted", "implicit_refused")


def migrate(cr, version):
    for model, names in FIELDS.items():
        for name in names:
            _move(cr, "procedure", f"field_{model}__{name}")
            _move(cr, "procedure", f"selection__{model}__{name}__%")
    for kind in KINDS:
        _move(cr, "procedure", f"selection__procedure_decision__kind__{kind}")
    _move(cr, "procedure_letter", "attestation_body")
    cr.execute(
        """
        UPDATE ir_ui_view SET key = 'procedure_silence.attestation_body'
        WHERE key = 'procedure_letter.attestation_body'
        """
    )
    # Mails are corrected by the people who use them: an update leaves them alone.
    cr.execute(
        """
        UPDATE mail_template SET body_html = replace(
            body_html::text, '._get_silence_sentence()', '._get_unanswered_sentence()'
        )::jsonb
        WHERE body_html::text LIKE '%._get_silence_sentence()%'
        """
    )


def _move(cr, module, name):
    """:param name: of an XML id, with `%` for what follows"""
    pattern = name.replace("_", r"\_")
    cr.execute(
        SQL(
            """
            UPDATE ir_model_data AS data SET module = 'procedure_silence'
            WHERE module = %s AND name LIKE %s AND NOT EXISTS (
                SELECT FROM ir_model_data AS moved
                WHERE moved.module = 'procedure_silence' AND moved.name = data.name
            )
            """,
            module,
            pattern,
        )
    )
