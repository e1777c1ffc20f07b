from . import content_revision
from . import territory_commune
