import hashlib

from odoo import fields, models
from odoo.exceptions import UserError

from ..csv_table import UnreadableTable, get_unreadable_sentence, read_file
from ..locks import lock_or_tell

# Of each kind of sentence, as many as are read before one decides.
SHOWN_MAX = 50


class TerritoryFileLoad(models.AbstractModel):
    """A file that somebody loads: read first, in words, with each line to correct; written once
    she agrees, as it was read. `csv_table` reads it; the addon says what its lines do."""

    _name = "territory.file.load"
    _description = "File that is read, then written"
    # The action that opens the window again.
    _load_action = ""

    file = fields.Binary("File (.csv)", attachment=False)
    filename = fields.Char()
    # What was read: nothing else is written.
    digest = fields.Char(readonly=True)
    report = fields.Text(readonly=True)
    has_mistakes = fields.Boolean(readonly=True)

    def action_read(self):
        """Say what the file would do. Nothing is written."""
        self.ensure_one()
        self._check_loader()
        plan, mistakes = self._read_or_tell()
        told = self._tell_mistakes(mistakes) if mistakes else self._tell_plan(plan)
        self.write(
            {
                "digest": self._get_digest(),
                "report": "\n".join(told),
                "has_mistakes": bool(mistakes),
            }
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(self._load_action)
        return {**action, "res_id": self.id}

    def action_apply(self):
        """Write what was read, and nothing else."""
        self.ensure_one()
        self._check_loader()
        if into := self._get_loaded_into():
            lock_or_tell(into)
        plan, mistakes = self._read_or_tell()
        if not self.digest or self.digest != self._get_digest():
            raise UserError(self._get_changed_sentence())
        if mistakes:
            raise UserError(self._get_refusal(mistakes))
        return self._write_plan(plan)

    # ------------------------------------------------------------
    # What the addon says
    # ------------------------------------------------------------

    def _check_loader(self):
        """Hook: raises for whom may not load it. All the rest is done with the caller's rights."""
        raise NotImplementedError

    def _get_loaded_into(self):
        """Hook: the record that nobody else changes meanwhile; None: no one in particular."""

    def _read_lines(self, content):
        """Hook: what the file would do. Nothing is written.

        :param bytes content: of the file
        :return: (plan, mistakes): what `_tell_plan` and `_write_plan` take; [(number of the line in
            the file, sentence)]
        :raise UnreadableTable: the file as a whole cannot be read
        """
        raise NotImplementedError

    def _tell_plan(self, plan):
        """Hook: the sentences of what it would do."""
        raise NotImplementedError

    def _write_plan(self, plan):
        """Hook: do it.

        :return: the action that shows it
        """
        raise NotImplementedError

    def _get_compared(self):
        """Hook: the bytes of what the file was compared with, which may change before she agrees;
        none when the file alone says what is done."""
        return b""

    def _get_refusal(self, mistakes):
        """Hook: why what was read with mistakes is not written."""
        return self.env._("Correct the lines of the file first.")

    def _get_changed_sentence(self):
        return self.env._("The file has changed since: read it again.")

    def _get_unreadable_sentence(self, error):
        """Hook: `UnreadableTable` in words; `super()` for what you do not say better."""
        return get_unreadable_sentence(self.env, error)

    # ------------------------------------------------------------
    # What they share
    # ------------------------------------------------------------

    def _read_or_tell(self):
        try:
            return self._read_lines(read_file(self.file))
        except UnreadableTable as error:
            raise UserError(self._get_unreadable_sentence(error)) from error

    def _get_digest(self):
        return hashlib.sha256(read_file(self.file) + b"\0" + self._get_compared()).hexdigest()

    def _tell_mistakes(self, mistakes):
        """Nothing is written as long as one line is wrong."""
        first = self.env._(
            "%(count)s lines to correct. Nothing is written meanwhile.", count=len(mistakes)
        )
        return [
            first,
            *self._cut(
                [
                    self.env._("Line %(number)s: %(sentence)s", number=number, sentence=sentence)
                    for number, sentence in sorted(mistakes)
                ]
            ),
        ]

    def _cut(self, sentences):
        if len(sentences) <= SHOWN_MAX:
            return sentences
        rest = self.env._("… and %(count)s more.", count=len(sentences) - SHOWN_MAX)
        return [*sentences[:SHOWN_MAX], rest]
