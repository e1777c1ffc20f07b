from . import test_commune_page
from . import test_commune_rights
from . import test_commune_routes
from . import test_drawing
from . import test_my_village
from . import test_territory_commune
from . import test_town_hall
from . import test_pictures
