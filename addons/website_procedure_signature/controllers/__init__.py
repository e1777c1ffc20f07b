from . import my_space
from . import signature
