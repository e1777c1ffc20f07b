from . import family_sheet
from . import family_sheet_child
from . import family_sheet_contact
from . import family_sheet_consent
