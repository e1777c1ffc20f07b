import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..exceptions import UploadRefused
from ..tools import confined, picture
from . import measure
from .common import GuardCase, make_picture
from .hostile import make_files

# What one upload may take beside Odoo's worker, and what it may add to the worker itself.
MAX_BESIDE = {"picture": 400 * confined.MEGABYTE, "pdf_check": 768 * confined.MEGABYTE}
MAX_WITHIN = 48 * confined.MEGABYTE


class Memory:
    """The most that this process took since it was asked to forget."""

    def __init__(self):
        Path("/proc/self/clear_refs").write_text("5")
        self.before = self.get("VmRSS")

    def get(self, name):
        status = Path("/proc/self/status").read_text().split()
        return int(status[status.index(f"{name}:") + 1]) * 1024

    def get_peak(self):
        return self.get("VmHWM") - self.before


@tagged("post_install", "-at_install", "-standard", "sweep_fuzz")
class TestHostileFiles(GuardCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.report = Path(folder.name) / "peak"

    @contextmanager
    def measured(self):
        """What is asserted is memory: on a busy machine nothing is stopped for being late."""
        command = [sys.executable, "-I", measure.__file__, str(self.report), *confined.COMMAND]
        patient = {job: limits._replace(seconds=600) for job, limits in confined.JOBS.items()}
        with patch.object(confined, "COMMAND", command), patch.dict(confined.JOBS, patient):
            yield

    @mute_logger("odoo.addons.public_guard.models.public_guard")
    def test_each_is_refused_or_takes_little(self):
        for name, content, refused in make_files():
            with self.subTest(name), self.measured():
                self.report.write_text("0")
                memory = Memory()
                try:
                    self.guard._check_upload("a", content)
                    sentence = None
                except UploadRefused as refusal:
                    sentence = refusal.args[0]
                within, beside = memory.get_peak(), int(self.report.read_text())
                if refused:
                    self.assertIn(refused, sentence or "accepted")
                else:
                    self.assertFalse(sentence)
                self.assertLess(within, MAX_WITHIN)
                job = "pdf_check" if name.startswith("PDF") else "picture"
                self.assertLess(beside, MAX_BESIDE[job])

    def test_a_picture_that_grows_by_being_drawn_again(self):
        with patch.object(picture, "MAX_BYTES", 100):
            facts, output = picture.read(make_picture("PNG", size=(400, 400)))
        self.assertEqual((facts, output), ({"refused": "heavy"}, b""))
