from . import rooms
