from . import models
from .tools.moved_form import move_form


def _pre_init(env):
    """A database made before this addon: its procedures and forms keep all that they have."""
    move_form(env.cr)
