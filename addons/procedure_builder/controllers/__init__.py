from . import draft_link
