from . import test_signature
from . import test_signature_machine
from . import test_signature_rights
from . import test_signature_who
