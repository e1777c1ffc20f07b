from . import waste_badge_issue
