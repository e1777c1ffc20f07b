from . import family_row_mixin
from . import family_custody
from . import family_contact
from . import family_quotient
from . import res_partner
from . import ir_ui_menu
