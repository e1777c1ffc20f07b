from . import test_typing
