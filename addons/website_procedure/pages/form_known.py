"""What her file says, filled in: still exact in one press, or corrected where it is kept."""

from odoo.addons.website_parts.tools.day import show_date


class FormKnown:
    """Part of `FormPage`: `confirmed` holds the questions whose known answer she confirmed."""

    confirmed = {}

    def _read_confirmed(self):
        """What was kept, and the button that was pressed: as long as she left it as it was."""
        known = dict(self.pending.confirmed or {}) if self.owner else {}
        pressed = self.posted.text("_confirm", 100)
        if pressed and self.owner:
            known[pressed] = self._get_today()
        self.confirmed = self._filter_confirmed(known)

    def _filter_confirmed(self, known):
        """Without what she has changed since: of an address, any part of it."""
        if not known:
            return {}
        proposed = self._get_prefill()
        changed = {
            name.partition(".")[0] for name in proposed if not self._is_left(name, proposed[name])
        }
        kept = {name.partition(".")[0] for name in self.origins if name in proposed} - changed
        return {key: day for key, day in known.items() if key in kept}

    def _refresh_known(self):
        """Her file was corrected since this draft was kept: what came from it follows, and is to
        be confirmed again; what she typed herself stays."""
        if not (self.partner and self.origins):
            return
        proposed = self._get_prefill()
        for name, value in proposed.items():
            if name in self.origins and not self._is_left(name, value):
                self.raw[name] = value
                self.origins[name] = self._get_today()
                self.confirmed.pop(name.partition(".")[0], None)

    def _prepare_known(self, field):
        """The buttons beside an answer that her file gave; None beside another one."""
        if not self.partner or self.is_preview or not self._get_origin(field):
            return None
        day = self.confirmed.get(field.key)
        words = day and self.env._(
            "On %(day)s, you said that it is still exact.", day=show_date(day)
        )
        return {
            "value": field.key,
            "words": words or "",
            "label": field.label or "",
            "whole": self._get_known_whole(field),
        }

    def _get_known_whole(self, field):
        """Of an answer in several inputs, what one press says of all of them; empty for others."""
        answer = field._get_type().parts and self._get_typed()[0].get(field.key)
        return field._format_answer(answer) if answer else ""

    def get_correction_url(self):
        """Where what was pressed is kept, and corrected; empty when nothing was."""
        field = self._fields_by_key.get(self.posted.text("_correct", 100))
        if not (field and self.owner and field.prefill):
            return ""
        organisation, child = self.get_acting()
        if organisation:
            return f"/my/organisme/{organisation.id}"
        is_of_home = field.prefill in ("address", "street", "commune", "household_size")
        return "/my/foyer" if child or is_of_home else "/my/account"
