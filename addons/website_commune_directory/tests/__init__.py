from . import test_commune_directory
