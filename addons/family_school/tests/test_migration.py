from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path

from .common import SchoolCase


@tagged("post_install", "-at_install")
class TestMigration(SchoolCase):
    def test_the_service_of_a_climb_of_before(self):
        climbs = [
            self.env["school.climb"].with_user(user).create({"year_id": self.year.id}).sudo()
            for user in (self.family_agent, self.manager)
        ]
        climbs[0].service_id = False
        self.env.flush_all()
        path = file_path("family_school/migrations/19.0.1.1.0/post-migration.py")
        load_script(path, "post_migration_climb").migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(climbs[0].service_id, self.other_service)
        self.assertFalse(climbs[1].service_id)

    def test_the_register_says_how_long(self):
        entry = self.env.ref("family_school.processing_school")
        path = file_path("family_school/migrations/19.0.1.1.0/post-migration.py")
        script = load_script(path, "post_migration_register")
        for before, after in (
            ("Tant que la fiche de l’enfant est gardée ; effacé avec elle.", "Deux ans après"),
            ("Trois ans.", "Trois ans."),
        ):
            entry.retention = before
            script.migrate(self.env.cr, "19.0.1.0.0")
            self.assertIn(after, entry.retention)

    def test_the_service_of_a_pupil_registered_before(self):
        pupil, later = self.register(), self.register(year=self.next_year)
        unread = self.register(child=self._other_child())
        (pupil | unread).service_id = False
        self.assertFalse(unread.child_id.reader_service_ids)
        self.child.reader_service_ids = self.service | self.other_service
        self.env.flush_all()
        path = file_path("family_school/migrations/19.0.1.1.0/post-migration.py")
        script = load_script(path, "post_migration_service")
        for _again in range(2):
            script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(pupil.service_id, self.other_service)
        self.assertEqual(later.service_id, self.other_service)
        self.assertFalse(unread.service_id)
