from . import family_document_kind
from . import family_document_lack
from . import family_document_acts
from . import family_document
from . import res_partner
