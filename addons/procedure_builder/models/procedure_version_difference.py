from difflib import SequenceMatcher

from odoo import models


class ProcedureVersionDifference(models.AbstractModel):
    _name = "procedure.version.difference"
    _description = "Version: what it changes in another one"

    def _get_difference(self, other):
        """What this version changes in another one, a sentence each, in the order of the form.

        Questions are joined by key, as answers are.
        """
        self.ensure_one()
        before = {field.key: field for field in other.field_ids.sorted()}
        now = {field.key: field for field in self.field_ids.sorted()}
        sentences = []
        for key, field in now.items():
            if key in before:
                sentences += field._get_difference_sentences(before[key])
            else:
                sentences.append(self.env._("%s added", field._get_difference_name()))
        sentences += [
            self.env._("%s removed", field._get_difference_name())
            for key, field in before.items()
            if key not in now
        ]
        kept_before = [key for key in before if key in now]
        kept_now = [key for key in now if key in before]
        if kept_before != kept_now:
            sentences.append(self._get_order_sentence(kept_before, kept_now, now))
        return sentences

    def _get_order_sentence(self, before, now, by_key):
        """The questions whose move explains the new order."""
        matcher = SequenceMatcher(None, before, now, autojunk=False)
        still = {
            key
            for block in matcher.get_matching_blocks()
            for key in now[block.b : block.b + block.size]
        }
        names = ", ".join(by_key[key]._get_difference_name() for key in now if key not in still)
        return self.env._("Moved: %s", names)
