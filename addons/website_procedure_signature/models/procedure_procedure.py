from odoo import models

from ..pages.signer_page import SignerPage


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    def _get_form_page_parts(self):
        """Whatever the version that is shown: one that is begun keeps its own."""
        parts = super()._get_form_page_parts()
        asked = self.version_ids.field_ids
        return [SignerPage, *parts] if any(each._is_signature() for each in asked) else parts

    def _get_form_signers(self, page):
        """[(what is signed, in how many days)] of what this page would send: the same words
        whoever we know. No days: for no child, nobody can be asked. In superuser mode, as the
        page."""
        answers, visible = page._get_typed()
        return [
            (field.label or "", field.signature_days * self._is_signer_asked(field, page, answers))
            for field in page.version.field_ids
            if field._is_signature()
            and field.key in visible
            and not self._is_signer_left_out(field, page, answers)
        ]

    def _is_signer_left_out(self, field, page, answers):
        """Not asked of this person: no address was typed, or she acts for no organisation."""
        match field._get_type().signer:
            case "email":
                return not answers.get(field.key)
            case "officer":
                return not page.get_acting()[0]
        return False

    def _is_signer_asked(self, field, page, answers):
        if field._get_type().signer != "parent" or page.get_acting()[1]:
            return True
        asked = page.version.field_ids.filtered(lambda each: each._get_type().asks_children)
        rows = [answers, *(row for each in asked for row in answers.get(each.block_key) or [])]
        return any(row.get(each.key) for each in asked for row in rows)
