import errno
import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_attachment import IrAttachment

from ..models import ir_attachment

LOGGER = ir_attachment.__name__


@tagged("post_install", "-at_install")
class TestFileStore(TransactionCase):
    """A disk that is full, a power cut: what was not written can be written again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.disk = Path(folder.name)
        patcher = patch.object(IrAttachment, "_filestore", lambda attachment: folder.name)
        patcher.start()
        self.addCleanup(patcher.stop)
        self.content = os.urandom(5000)

    def keep(self):
        return self.env["ir.attachment"].create({"name": "a", "raw": self.content})

    def path(self, attachment):
        return self.disk / attachment.store_fname

    def get_files(self):
        """Those that hold something: an empty one is core's mark for the cleaning."""
        paths = [path for path in self.disk.rglob("*") if path.is_file()]
        return [path for path in paths if path.stat().st_size]

    def full_disk(self, after=2000):
        """What is written stops there, as the system says it."""

        def write(descriptor, data):
            if after:
                os_write(descriptor, data[:after])
            raise OSError(errno.ENOSPC, "No space left on device")

        os_write = os.write
        return patch.object(ir_attachment.os, "write", write)

    def test_a_file_is_kept(self):
        attachment = self.keep()
        self.assertEqual(self.path(attachment).read_bytes(), self.content)
        self.env.invalidate_all()
        self.assertEqual(attachment.raw, self.content)
        self.assertEqual(self.keep().store_fname, attachment.store_fname, "once")

    @mute_logger(LOGGER)
    def test_a_full_disk_says_so_and_leaves_nothing(self):
        with self.full_disk(), self.assertRaisesRegex(UserError, "Try again later") as refused:
            self.keep()
        self.assertEqual(refused.exception.http_status, 503)
        self.assertFalse(self.get_files())
        self.assertEqual(self.path(self.keep()).read_bytes(), self.content)

    @mute_logger(LOGGER)
    def test_a_full_disk_without_room_for_a_name(self):
        with (
            patch.object(ir_attachment.os, "open", side_effect=OSError(errno.ENOSPC, "full")),
            self.assertRaisesRegex(UserError, "Try again later"),
        ):
            self.keep()
        self.assertTrue(self.keep())

    def test_a_file_cut_before_is_written_again(self):
        attachment = self.keep()
        for cut in (b"", self.content[:1024], self.content[:-1], self.content + b"x"):
            with self.subTest(len(cut)):
                self.path(attachment).write_bytes(cut)
                with self.assertLogs(LOGGER, "WARNING"):
                    again = self.keep()
                self.assertEqual(self.path(again).read_bytes(), self.content)
                self.env.invalidate_all()
                self.assertEqual(attachment.raw, self.content, "whoever had it finds it again")

    def test_a_file_that_is_whole_is_never_replaced(self):
        """Two contents of one name, which is what core looks for."""
        attachment = self.keep()
        other = os.urandom(100)
        with (
            patch.object(IrAttachment, "_compute_checksum", lambda *args: attachment.checksum),
            self.assertRaisesRegex(UserError, "collides"),
        ):
            self.env["ir.attachment"].create({"name": "b", "raw": other})
        self.assertEqual(self.path(attachment).read_bytes(), self.content)

    def test_what_a_kill_leaves_half_written_is_cleaned(self):
        class Killed(BaseException):
            pass

        with (
            patch.object(ir_attachment.os, "replace", side_effect=Killed),
            patch.object(ir_attachment.os, "unlink"),
            self.assertRaises(Killed),
        ):
            self.keep()
        self.assertTrue(self.get_files())
        self.env.invalidate_all()
        self.env["ir.attachment"]._gc_file_store_unsafe()
        self.assertFalse(self.get_files())

    def test_a_file_is_on_the_disk_before_its_row(self):
        """Or a power cut leaves a row whose file is empty."""
        steps = []
        with (
            patch.object(ir_attachment.os, "fsync", lambda descriptor: steps.append("fsync")),
            patch.object(ir_attachment.os, "replace", lambda *paths: steps.append("replace")),
        ):
            self.keep()
        self.assertEqual(steps, ["fsync", "replace", "fsync"], "the file, then its folder")
