from odoo import models

from odoo.addons.procedure_signature.models.procedure_request_signature import AWAITED
from odoo.addons.website_parts.tools.day import show_day


class ProcedureRequest(models.Model):
    """What the applicant reads of the signatures: the words of the question, a day, an outcome."""

    _inherit = "procedure.request"

    def _get_tags(self):
        label = self.env._("Awaiting a signature")
        return {**super()._get_tags(), AWAITED: {"tone": "cours", "label": label}}

    def _get_now_titles(self):
        labels = ", ".join(filter(None, self._get_signature_fields().mapped("label")))
        title = self.env._("We are waiting for a signature")
        if labels:
            title = self.env._("We are waiting for: %(labels)s", labels=labels)
        if self.state == AWAITED and not self._is_somebody_asked():
            title = self.env._("The signature is missing")
        return {**super()._get_now_titles(), AWAITED: title}

    def _get_past_rows(self):
        """Each signature, or refusal, with its day; of the other parent neither name nor word."""
        rows = super()._get_past_rows()
        for field in self.version_id.field_ids.filtered(lambda each: each._is_signature()):
            live = self._get_live_signatures(field).filtered("date")
            ends = {signature.state: signature for signature in live.sorted("date")}
            for state, signature in ends.items():
                if state == "signed" and not self._is_signed(field):
                    continue
                is_signed = state == "signed"
                title = self.env._("Signed: %(label)s", label=field.label)
                if not is_signed:
                    title = self.env._("Signature refused: %(label)s", label=field.label)
                rows.append(
                    {
                        "kind": "signature",
                        "moment": signature.date,
                        "title": title,
                        "icon": "check" if is_signed else "x",
                    }
                )
        return rows

    def _get_next(self):
        if self.state != AWAITED:
            sentences, link = super()._get_next()
            if sentences and self.is_open and self._get_refused_labels():
                sentence = self.env._(
                    "The signature was refused: the service knows why. You may write to it below."
                )
                return [sentence], link
            return sentences, link
        if sentence := self._get_unasked_sentence():
            return [sentence], None
        day = show_day(self.env, self._get_signature_due())
        return [
            self.env._(
                "You have nothing to do: that person was asked, and has until %(date)s. You may "
                "ask us to write again, or talk to the service.",
                date=day,
            ),
        ], None

    def _get_refused_labels(self):
        live = self._get_live_signatures(self._get_unsigned_fields())
        return live.filtered(lambda each: each.state == "refused").mapped("label")

    def _prepare_portal_blocks(self, by=None):
        """One button, whether we could write to somebody or not."""
        blocks = super()._prepare_portal_blocks(by)
        rows = self._get_signature_rows()
        if not rows or self.state != AWAITED:
            return blocks
        acts = [("signature_send", self.env._("Write to that person again"))]
        return [
            *blocks,
            {
                "name": "signature",
                "title": self.env._("Who signs"),
                "template": "website_procedure_signature.portal_signatures",
                "values": {"rows": rows},
                "acts": acts if self._is_somebody_asked() else [],
            },
        ]
