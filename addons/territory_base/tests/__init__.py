from . import test_core_doors
from . import test_res_partner
from . import test_res_partner_doors
from . import test_res_users
from . import test_territory_commune
from . import test_territory_load
from . import test_territory_loader
from . import test_territory_service
