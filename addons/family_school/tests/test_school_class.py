from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import SchoolCase


@tagged("post_install", "-at_install")
class TestSchoolClass(SchoolCase):
    def test_its_levels_are_those_of_its_school(self):
        with self.assertRaises(ValidationError):
            self.class_a.level_ids = [Command.link(self.levels["PS"].id)]
        with self.assertRaises(ValidationError):
            self.class_a.level_ids = [Command.clear()]
        with self.assertRaises(ValidationError):
            self.class_a.school_id = self.town_hall

    def test_it_does_not_leave_its_pupils(self):
        pupil = self.register()
        pupil._change_class(self.class_a)
        for values in (
            {"year_id": self.next_year.id},
            {"level_ids": [Command.set(self.levels["CM2"].ids)]},
            {"school_id": self.other_school.id},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.class_a.write(values)

    def test_pupils_are_counted_for_who_reads_them(self):
        self.register()._change_class(self.class_a)
        count = {user: self.class_a.with_user(user).pupil_count for user in self._readers()}
        self.assertEqual(list(count.values()), [1, 1, 0, 0])

    def _readers(self):
        return (self.family_agent, self.head, self.other_head, self.communication)
