from . import form
from . import street
