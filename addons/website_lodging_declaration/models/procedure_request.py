from odoo import models

from odoo.addons.lodging_declaration.models.lodging_declaration import IN_FORCE
from odoo.addons.lodging_declaration.models.procedure_procedure import KINDS


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _get_lodging_receipt(self):
        """The last one that was given, for a reader who was checked; in superuser mode."""
        self.ensure_one()
        if self.kind not in KINDS:
            return self.letter_ids.browse()
        return self.letter_ids.filtered(lambda each: each.kind == "receipt").sorted("id")[-1:]

    def _get_lodging_receipt_url(self):
        return self._get_lodging_receipt() and f"{self._get_url()}/recepisse.pdf"

    def _acknowledgment_values(self, code=None):
        return {
            **super()._acknowledgment_values(code),
            "receipt_url": self.sudo()._get_lodging_receipt_url(),
        }

    def _prepare_portal_blocks(self, by=None):
        """Her row of the register: what it says, the end of it in one press, and the way back."""
        blocks = super()._prepare_portal_blocks(by)
        lodging = self.lodging_ids[:1]
        if not lodging:
            return blocks
        is_in_force = lodging.state in IN_FORCE
        acts = [("lodging_cease", self.env._("I stopped letting it"))] if is_in_force else []
        if self._may_lodging_resume():
            acts = [("lodging_resume", self.env._("It was a mistake: I still let it"))]
        return [
            *blocks,
            {
                "name": "hebergement",
                "title": self.env._("Your lodging"),
                "template": "website_lodging_declaration.portal_lodging",
                "values": {
                    "words": lodging._get_state_words(),
                    "receipt_url": self._get_lodging_receipt_url(),
                    "facts": [(self.env._("Receipt"), lodging.number), *lodging._get_facts()],
                    "change_url": is_in_force
                    and self.procedure_id._is_open()
                    and f"/demarches/{self.procedure_id.slug}",
                },
                "acts": acts,
                "is_quiet": True,
            },
        ]

    def _get_event_titles(self):
        title = self.env._("The lodging is let no more")
        ends = dict.fromkeys(("lodging_cease", "lodging_cease_entered"), (title, "check"))
        back = (self.env._("You still let the lodging: it is declared again"), "check")
        return {**super()._get_event_titles(), **ends, "lodging_resume": back}

    def _get_cancel_sentences(self):
        """A declaration that was a mistake is taken back, with its receipt; one that was true ends
        (code du tourisme, D324-1-1 and D324-15: the receipt proves that it was made)."""
        sentences = super()._get_cancel_sentences()
        lodging = self._get_lodgings_in_force()[:1]
        if not lodging:
            return sentences
        replaced = lodging._find_replaced()
        taken_back = self.env._(
            "Receipt %(number)s is no longer valid: this declaration counts as never made.",
            number=lodging.number,
        )
        after = self.env._("This lodging is declared no more: declare it before you let it again.")
        if lodging._is_by_the_same(replaced):
            after = self.env._(
                "Your declaration of before, %(number)s, is in force again.", number=replaced.number
            )
        ended = self.env._(
            "If you did let this lodging and stop, keep the request and choose “I stopped letting "
            "it” on its page: the receipt stays the proof of what you declared."
        )
        return [*sentences, f"{taken_back} {after}", ended]
