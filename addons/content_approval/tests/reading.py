def accept(revision):
    """By whoever has it in her environment, as it is at this moment."""
    return revision.action_publish(revision._get_mark())
