from . import models, wizards
from .tools.moved_desk import move_desk


def _pre_init(env):
    """A database made before this addon: its desk keeps all that it has."""
    move_desk(env.cr)
