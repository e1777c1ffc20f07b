from odoo import api, models

from .. import linter


class ProcedureFieldSummary(models.AbstractModel):
    """The answers that count, with their questions, in the order of the form: one list for what is
    read again before it is sent, the acknowledgment, the applicant's paper and the agent."""

    _name = "procedure.field.summary"
    _description = "Summary of the answers of a form"

    def _get_summary(self, answers, files=None, hidden="", later=None):
        """
        :param files: dict key -> words of each file, see `_get_file_words`
        :param later: dict key -> what is said of a question whose answer is awaited
        :param hidden: of a mail: the words in the place of an answer that no mail repeats
        :return: list of (title of the part, list of (label, text, key)), the empty parts left out
        """
        parts = [("", [])]
        for field in self:
            if field._get_type().starts:
                parts.append((field.label, []))
            elif hidden and field._is_delicate(parts[-1][0]):
                # The question says it already.
                continue
            elif not field.block_key:
                rows = field._get_summary_rows(answers, files or {}, hidden, later or {})
                parts[-1][1].extend(rows)
        return [(label, rows) for label, rows in parts if rows]

    def _get_summary_rows(self, answers, files, hidden="", later=()):
        """(label, text, key) of each line of this question; none when it has no answer."""
        self.ensure_one()
        key = self.key
        if self._get_type().holds == "files" and files.get(key):
            return [(self.label, "\n".join(files[key]), key)]
        if key not in answers:
            return [(self.label, later[key], key)] if key in later else []
        value = self._get_type().leave_words_out(answers[key]) if hidden else answers[key]
        lines = self._get_shown(value)
        if hidden and not self._get_type().is_said_in_mail:
            # A mail repeats what was chosen among the words of the form, never what was typed nor
            # who was named: a mailbox is read by others.
            lines = [(label, hidden) for label, _text in lines]
        return [(label, text, key) for label, text in lines]

    def _is_delicate(self, title):
        """Whether a mailbox that others read should hold neither the answer nor the question.

        :param title: of the part of the form where it stands
        """
        self.ensure_one()
        own = [self.key, self.label, self.help, *self.option_ids.mapped("label")]
        own += self._get_rows().mapped("label")
        return linter.is_delicate(" ".join(filter(None, [title, *own])))

    def _is_recalled(self, title):
        """Whether its answer may be kept aside for the person, and proposed to her again: neither
        a file, nor what engages her, nor what is delicate.

        :param title: of the parts of the form where it stands
        """
        self.ensure_one()
        asked = self | self._get_rows()
        return all(
            question._get_type().holds in ("answer", "rows")
            and question._get_type().is_recalled
            and not question._is_delicate(title)
            for question in asked
        )

    @api.model
    def _get_later_words(self, due):
        """What is said in the place of an answer that may follow, before it is sent and after.

        :param due: the day by which it is expected; none: it is asked for later
        """
        if not due:
            return self.env._("May follow: we ask you for it in time")
        day = due.strftime("%d/%m/%Y")
        return self.env._("May follow: to be sent by %(date)s at the latest", date=day)

    @api.model
    def _get_file_words(self, name, size, pages):
        """A file as it is read in a list: its name, how long it is."""
        return f"{name} ({self._get_size_words(size, pages)})" if size else name

    @api.model
    def _get_size_words(self, size, pages):
        words = self.env._("%(size)s kB", size=-(-size // 1024))
        if pages == 1:
            return self.env._("1 page, %(size)s", size=words)
        if pages:
            return self.env._("%(count)s pages, %(size)s", count=pages, size=words)
        return words
