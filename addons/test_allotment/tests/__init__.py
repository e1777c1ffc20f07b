from . import test_acceptance
from . import test_choices
from . import test_circuit
from . import test_communal
from . import test_documents
from . import test_join_child
from . import test_prefill
from . import test_queue
