from . import household_change
from . import household_change_types
from . import organisation_handover
from . import organisation_invitation
from . import partner_delegate
