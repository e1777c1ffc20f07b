from . import person_merge_moves
from . import person_merge
from . import res_partner
