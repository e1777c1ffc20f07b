from odoo.exceptions import UserError


class AnswersInvalid(UserError):
    """Nothing was created: each wrong answer has its sentence.

    ``errors`` maps a field's key to the sentence to show beside it; the key ``FORM`` holds
    what concerns the whole form. ``lacking`` are the keys of what is only not answered: the
    staff may enter it as it came.
    """

    FORM = "_form"

    def __init__(self, errors, lacking=()):
        self.errors = errors
        self.lacking = set(lacking)
        super().__init__("\n".join(errors.values()))
