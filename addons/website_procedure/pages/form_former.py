"""“Take up my previous request”: a new form filled in from what she sent last time."""

from odoo.addons.procedure_form import engine
from odoo.addons.territory_base import clock

from .form_saving import get_recalled_keys


class FormFormer:
    """Part of `FormPage`: nothing is taken but her own answers, to the same questions."""

    # Only where a form is begun.
    offers_former = False

    @property
    def former(self):
        """Her last request of this procedure, that she reads today: for herself, or for somebody
        for whom she may still ask. Proposed as long as nothing is begun."""
        if not hasattr(self, "_former"):
            is_asked = self.offers_former and self.partner and not self.pending and not self.begun
            self._former = self._find_former() if is_asked else self.env["procedure.request"]
        return self._former

    def _find_former(self):
        """Under her own rights; some of the staff read no request at all."""
        requests = self.env["procedure.request"]
        if not requests.has_access("read"):
            return requests
        found = requests.search(
            [
                ("procedure_id", "=", self.procedure.id),
                ("applicant_id", "=", self.partner.id),
                ("channel", "=", "web"),
                ("date_anonymised", "=", False),
                ("number", "!=", False),
            ],
            limit=1,
        )
        return found if found and self._get_former_whom(found) is not None else found.browse()

    def _get_former_whom(self, former):
        """The id of the one for whom it was; None when it is not hers to ask any more."""
        former_sudo = former.sudo()
        others = former_sudo.subject_ids - self.partner if self.is_for_child else former.browse()
        whom = former_sudo.acting_for_id or (self.is_for_child and others) or self.partner
        choices = [value for value, _label in self._get_acting_choices()]
        return whom.id if len(whom) == 1 and str(whom.id) in choices else None

    @property
    def former_words(self):
        """Of the request that this draft was filled in from, or could be."""
        former_sudo = (self.pending.former_request_id or self.former).sudo()
        return {
            "number": former_sudo.number,
            "day": clock.local_day(former_sudo.date_submitted).strftime("%d/%m/%Y"),
            "whom": (former_sudo.acting_for_id or self._get_former_child(former_sudo)).name,
        }

    def _get_former_child(self, former_sudo):
        return former_sudo.subject_ids[:1] if self.is_for_child else self.env["res.partner"].sudo()

    def take_former(self):
        """A new draft, with what her account knows today before what she said then.

        :return: whether there was one to take
        """
        former = self.former
        if not former:
            return False
        former_sudo = former.sudo()
        self.acting_for = self._get_former_whom(former)
        self.owner = self.partner
        known = self._get_prefill()
        self.raw = {**self._get_former_raw(former_sudo), **known}
        self.origins = dict.fromkeys(known, self._get_today())
        self.forget()
        self.keep(former_request_id=former_sudo.id)
        return True

    def _get_former_raw(self, former_sudo):
        """Raw values of the questions that are still asked, of the same type, and delicate neither
        then nor now."""
        were = {field.key: field for field in former_sudo.version_id.field_ids}
        recalled = get_recalled_keys(self.version) & get_recalled_keys(former_sudo.version_id)
        raw = {}
        for field in self.get_engine_fields():
            answer = (former_sudo.answers or {}).get(field.key)
            if answer is None or field.key not in recalled or were[field.key].type != field.type:
                continue
            if field.kind.holds == "rows":
                same = {row.key for row in field.rows if _is_same(row, were)}
                answer = [{key: row[key] for key in row.keys() & same} for row in answer]
                raw[f"_rows.{field.key}"] = str(len(answer))
            raw.update(engine.to_raw(field, answer))
        return raw


def _is_same(row, were):
    return row.key in were and were[row.key].type == row.type
