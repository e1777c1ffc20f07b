"""What would be filed, and what filing would refuse."""

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing


class FormFiling:
    """Part of `FormPage`: the request that the form makes."""

    def find_errors(self):
        """What filing would refuse, known before it is read again and before a code is sent.

        Hook: a part of the page (`_get_form_page_parts`) adds its own.

        :return: dict error key -> sentence
        """
        errors = self._get_filing_errors(self.raw)
        if errors and not self.get_errors_before(errors):
            # Only the boxes of the last page lack, which hide what else would be refused.
            errors = {**self._get_filing_errors(self.raw_agreed), **errors}
        choice = self.get_choice_errors()
        if choice:
            # Said beside the choice, not of the whole form.
            errors.pop(AnswersInvalid.FORM, None)
        return self.place_errors({**choice, **errors})

    def _get_filing_errors(self, raw):
        filing = self.make_filing(answers=raw, files=self.get_file_counts())
        return self._get_requests().sudo()._get_filing_errors(filing)

    def _get_requests(self):
        """Hook: the model of requests, with what their filing needs to know of this form in its
        context: `super()` and yours."""
        return self.env["procedure.request"]

    def make_filing(self, **values):
        """What is submitted, or tried (`values`)."""
        acting_for, subjects = self.get_acting()
        return Filing(
            **{
                "procedure": self.procedure,
                "answers": self.raw,
                "applicant": self.partner,
                "identity": self.identity,
                "acting_for": acting_for,
                "subjects": subjects,
                "documents": self.get_documents(),
                "confirmed": self.confirmed,
                **values,
            }
        )

    def submit(self, claim=None):
        """:return: the request; the same one for the same claim
        :raise AnswersInvalid: with the errors by question
        :raise UserError: with a sentence
        """
        Request = self._get_requests()
        if not self.partner:
            # Filled in without an account: so it is filed, whoever has signed in since.
            Request = Request.with_user(self.env.ref("base.public_user"))
        return Request._submit(
            self.make_filing(files=self.get_files(), channel="web", claim=claim or self.token)
        )
