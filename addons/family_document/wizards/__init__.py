from . import family_document_decision
from . import family_document_entry
