from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TerritoryCase


@tagged("post_install", "-at_install")
class TestIrAttachment(TerritoryCase):
    """What an address of the site shows or leads to is chosen by those who write its pages."""

    def _get_ways(self, user):
        File = self.env["ir.attachment"].with_user(user)
        program = {"name": "a.exe", "raw": b"MZ"}
        link = {"type": "url", "url": "https://ailleurs.example"}
        return {
            "public": lambda: File.create({**program, "public": True}),
            "public by default": lambda: File.with_context(default_public=True).create(program),
            "made public": lambda: self._written(File.create(program), {"public": True}),
            "link": lambda: File.create({"name": "a", **link}),
            "link by default": lambda: File.with_context(
                default_type="url", default_url=link["url"]
            ).create({"name": "a"}),
            "made a link": lambda: self._written(File.create({"name": "a"}), link),
        }

    def _written(self, attachment, values):
        attachment.write(values)
        return attachment

    def test_no_file_is_public_and_no_address_leads_elsewhere(self):
        staff = (self.agent, self.secretary, self.communication, self.manager, self.dpo)
        for user in (*staff, self.resident):
            for name, way in self._get_ways(user).items():
                with self.subTest(user=user.login, way=name), self.assertRaises(AccessError):
                    way()

    def test_who_writes_the_pages_may(self):
        for name, way in self._get_ways(self.technician).items():
            with self.subTest(way=name):
                self.assertTrue(way().sudo().exists())

    def test_the_staff_still_gives_files(self):
        File = self.env["ir.attachment"].with_user(self.agent)
        attachment = File.create({"name": "a.txt", "raw": b"a"})
        attachment.write({"name": "b.txt", "public": False})
        self.assertEqual(attachment.name, "b.txt")
