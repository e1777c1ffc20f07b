from . import person_merge
from . import res_partner
