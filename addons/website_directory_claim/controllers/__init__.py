from . import claim, contribution_list, decision
