from . import test_commune_contribution
