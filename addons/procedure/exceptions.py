from odoo.exceptions import UserError


class AnswersInvalid(UserError):
    """Nothing was created: each wrong answer has its sentence.

    ``errors`` maps a field's key to the sentence to show beside it; the key ``FORM`` holds
    what concerns the whole form.
    """

    FORM = "_form"

    def __init__(self, errors):
        self.errors = errors
        super().__init__("\n".join(errors.values()))
