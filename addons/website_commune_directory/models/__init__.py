from . import territory_commune
