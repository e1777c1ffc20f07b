from . import territory_commune
from . import territory_commune_former
from . import territory_topic
from . import territory_audience
from . import territory_service
from . import res_partner
from . import res_users
