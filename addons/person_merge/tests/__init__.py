from . import test_person_merge
