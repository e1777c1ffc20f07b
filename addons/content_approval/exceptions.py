from odoo.exceptions import UserError, ValidationError


class ContentErrors(ValidationError):
    """What was typed cannot be published: `errors` gives one sentence for each field."""

    def __init__(self, errors):
        super().__init__("\n".join(errors.values()))
        self.errors = errors


class RevisionConflict(UserError):
    """The page has changed since, where the revision changes it: `fields` names the fields."""

    def __init__(self, message, fields):
        super().__init__(message)
        self.fields = fields


class DraftBegun(UserError):
    """Two drafts of one page in one name: `revision` is the one that is there already."""

    def __init__(self, message, revision):
        super().__init__(message)
        self.revision = revision
