from . import definition
