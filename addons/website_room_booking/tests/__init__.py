from . import test_room_form
from . import test_room_pages
