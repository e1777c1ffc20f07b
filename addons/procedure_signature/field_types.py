from odoo.tools import LazyTranslate

from odoo.addons.procedure_form.field_types.base import FieldType
from odoo.addons.procedure_form.field_types.email import EmailType
from odoo.addons.procedure_form.field_types.layout import LayoutType

_lt = LazyTranslate(__name__)


class SignatureType(FieldType):
    """Somebody else signs the answers that are ticked. `signer` says who."""

    group = "people"
    icon = "fa-pencil-square-o"
    settings = ("signature",)
    in_block = False
    words_label = _lt("What is signed, for those who read the form")
    # "parent", "officer" or "email".
    signer = ""
    # Each of those who are asked signs; else the first one signs for all.
    needs_all = False
    # Neither of the two learns of the other a name, an address, nor a word.
    is_discreet = False

    def get_hint(self, env):
        return env._(
            "Once your request is sent, this person reads what concerns her and signs. We look at "
            "the request after that."
        )


class ParentSignatureType(SignatureType, LayoutType):
    """All that hold authority over the child besides who files. Nothing is typed: we know them, and
    tell nobody whom we know nor how we reach them."""

    code = "signature_parent"
    label = _lt("Signature: the other parent")
    explanation = _lt("Who else holds parental authority signs too; we write to that person")
    sequence = 30
    widget = "information"
    signer = "parent"
    needs_all = True
    is_discreet = True


class OfficerSignatureType(SignatureType, LayoutType):
    """One of those who act for the organisation, besides who files."""

    code = "signature_officer"
    label = _lt("Signature: the organisation")
    explanation = _lt("The president, or another person who acts for the organisation, signs too")
    sequence = 31
    widget = "information"
    settings = ("signature", "signature_role")
    signer = "officer"


class EmailSignatureType(SignatureType, EmailType):
    """Somebody whose address the applicant types."""

    code = "signature_email"
    label = _lt("Signature: by e-mail")
    explanation = _lt("Who files types the address of a person who signs too")
    sequence = 32
    prefills = ()
    words_label = _lt("Question")
    signer = "email"

    def get_missing_sentence(self, env):
        return env._("Type the e-mail address of the person who signs with you.")


SIGNATURE_TYPES = (ParentSignatureType(), OfficerSignatureType(), EmailSignatureType())


def get_keys(text):
    """The keys of the answers that are ticked."""
    return [key for key in (each.strip() for each in (text or "").split(",")) if key]
