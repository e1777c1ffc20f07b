from . import communes
from . import my_village
