from . import (
    common,
    test_auth,
    test_editor,
    test_no_tracking,
    test_pages,
    test_website,
    test_weight,
)
