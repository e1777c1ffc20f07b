"""What explores is played by `bin/sweep`, not by `bin/test` (docs/testing.md)."""

from odoo.tests import tagged


def sweep(stage):
    """For a class of tests, or for one of its tests, the stage of `bin/sweep` that plays it.

    Odoo's own runner leaves the class out too, unless `--test-tags sweep_<stage>` asks for it; of a
    test alone it knows nothing. `bin/lib/pytest_part.py` has the stages.
    """

    def mark(tested):
        if isinstance(tested, type):
            return tagged("-standard", f"sweep_{stage}")(tested)
        tested.test_tags = {f"sweep_{stage}"}
        return tested

    return mark
