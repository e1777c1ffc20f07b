from . import calendar, my_space
