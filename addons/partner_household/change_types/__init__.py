"""What a proposed change may say, one class each. An addon brings its own by
`household.change.types._get_types()`."""

from .address import AddressType
from .arrival import ArrivalType
from .base import ChangeType, FieldType, MemberType, Proposal
from .closing import ClosingType
from .custody import CustodyType
from .death import DeathType
from .departure import DepartureType
from .email import EmailType
from .new_home import NewHomeType
from .officer import OfficerLeavingType, OfficerRoleType, read_role, tell_officer
from .organisation import OrganisationType
from .person import PersonType

# In the order in which they are read on a proposal.
OWN_TYPES = {
    each.code: each
    for each in (
        AddressType(),
        NewHomeType(),
        PersonType(),
        EmailType(),
        OrganisationType(),
        ArrivalType(),
        DepartureType(),
        CustodyType(),
        DeathType(),
        OfficerRoleType(),
        OfficerLeavingType(),
        ClosingType(),
    )
}
