from . import person_merge_wizard
