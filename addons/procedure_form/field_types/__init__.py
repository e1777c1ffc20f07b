"""The types of questions, one class each. An addon brings its own by
`procedure.field.types._get_types()`."""

from .address import AddressType
from .amount import AmountType
from .base import (
    ANSWERED,
    CHOICE,
    EXACT,
    ORDERED,
    YES,
    FieldType,
    RecordsType,
    RecordType,
    UnknownType,
)
from .block import BlockType
from .boolean import BooleanType
from .char import CharType
from .commune import CommuneType
from .computed import ComputedType
from .consent import ConsentType
from .date import DateType
from .decimal import DecimalType
from .email import EmailType
from .file import FileType
from .iban import IbanType
from .integer import IntegerType
from .layout import ExitType, InformationType, LinkType, PageType, SectionType, is_safe_url
from .multi_selection import MultiSelectionType
from .phone import PhoneType
from .rna import RnaType
from .school import SchoolType
from .selection import SelectionType
from .siret import SiretType
from .text import TextType
from .time import TimeType
from .weekly_grid import WeeklyGridType

# In the order of the list of types.
OWN_TYPES = {
    each.code: each
    for each in (
        PageType(),
        SectionType(),
        InformationType(),
        LinkType(),
        ExitType(),
        CharType(),
        TextType(),
        IntegerType(),
        DecimalType(),
        AmountType(),
        DateType(),
        TimeType(),
        BooleanType(),
        SelectionType(),
        MultiSelectionType(),
        EmailType(),
        PhoneType(),
        AddressType(),
        CommuneType(),
        IbanType(),
        SiretType(),
        RnaType(),
        SchoolType(),
        WeeklyGridType(),
        BlockType(),
        ComputedType(),
        FileType(),
        ConsentType(),
    )
}
