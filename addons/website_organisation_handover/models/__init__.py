from . import organisation_handover
from . import organisation_invitation
