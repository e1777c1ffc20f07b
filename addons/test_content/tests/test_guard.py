import logging
from collections import Counter
from unittest.mock import patch

from odoo import api
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.content_approval.models.content_guard_mixin import ContentGuardMixin
from odoo.addons.content_approval.models.ir_attachment import IrAttachment

from .guard_case import GuardCase

_logger = logging.getLogger(__name__)
# They answer, and change nothing: `load` says its refusal in its answer.
HARMLESS = {"load", "load, new", "load its lines", "onchange"}


class _Undo(Exception):
    """What was tried leaves nothing behind."""


def _without(owner, method):
    """What core does, without the guard of this class."""
    if method == "_check_content_published":
        return lambda self, *args: None

    def call(self, *args, **kwargs):
        return getattr(super(owner, self), method)(*args, **kwargs)

    call = api.model_create_multi(call) if method == "create" else call
    return call


@tagged("post_install", "-at_install", "-standard", "sweep_rights")
class TestGuard(GuardCase):
    """Everybody here may write all of it, says the access list: only the guard refuses."""

    maxDiff = None

    @mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_rule")
    def test_what_is_online_is_written_by_no_method_of_core(self):
        changed, answered, counts = set(), set(), Counter()
        for user in self.everybody:
            for name, outcome, is_changed in self._try_all(user):
                counts[outcome] += 1
                if is_changed:
                    changed.add((user.login, name))
                if outcome != "AccessError":
                    answered.add((name, outcome))
        _logger.info("%s writes tried: %s", counts.total(), dict(counts))
        self.assertEqual(sorted(changed), [])
        self.assertEqual(answered, {(name, "returned") for name in HARMLESS})
        self.assertGreater(counts["AccessError"], 700)

    @mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_rule")
    def test_each_guard_stands_alone(self):
        """Without one of them, what it alone refuses passes."""
        for owner, method, names in (
            (
                ContentGuardMixin,
                "write",
                {"write story", "web_save", "line: write", "archive", "translation"},
            ),
            (ContentGuardMixin, "create", {"name_create", "create by defaults", "line: create"}),
            (ContentGuardMixin, "unlink", {"line: unlink"}),
            (
                IrAttachment,
                "_check_content_published",
                {
                    "file: create",
                    "file: other datas",
                    "file: unlink of the text",
                    "file: of a house to come",
                },
            ),
        ):
            with patch.object(owner, method, _without(owner, method)):
                tried = self._try_all(self.agent)
                changed = {name for name, _outcome, is_changed in tried if is_changed}
            self.assertLessEqual(names, changed, method)

    def _try_all(self, user):
        before = self._digest()
        for name, act in self._get_writes(user).items():
            outcome, after = self._try(act)
            yield name, outcome, after not in (before, None)

    def _try(self, act):
        self.env.invalidate_all()
        outcome, after = "", None
        try:
            with self.env.cr.savepoint():
                act()
                # A refusal undoes the whole request; what answers, keeps what it wrote.
                outcome, after = "returned", self._digest()
                raise _Undo
        except Exception as error:  # noqa: BLE001 (counted by its name)
            outcome = outcome or type(error).__name__
        self.env.invalidate_all(flush=False)
        return outcome, after

    def test_what_is_not_open_is_written_by_those_who_may(self):
        """Else a guard that refuses everything would prove nothing."""
        for user in self.everybody:
            self.house.with_user(user).rank += 1
        self.assertEqual(self.house.rank, len(self.everybody))
        with self.assertRaises(AccessError):
            self.house.with_user(self.env.ref("base.public_user")).rank = 1
