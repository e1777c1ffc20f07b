from . import test_family_document
from . import test_family_document_entry
from . import test_family_document_join
from . import test_family_document_kind
from . import test_family_document_lack
from . import test_family_document_rights
from . import test_validity
