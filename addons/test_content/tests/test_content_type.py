from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.partner_household.tests.common import HouseholdCase


@tagged("post_install", "-at_install")
class TestContentType(HouseholdCase):
    """The manager decides how a kind of content is read; what it is belongs to its addon."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type = cls.env["content.type"]._get_of("wash.house")

    def test_the_manager_decides_how_it_is_read_and_not_what_it_is(self):
        hers = self.type.with_user(self.manager)
        hers.write({"allow_urgent": True, "reading_days": 5, "model": self.type.model})
        self.assertEqual(self.type.reading_days, 5)
        with self.assertRaises(UserError):
            # A content too, so that nothing else refuses it.
            hers.model = "content.approval.mixin"
        self.assertEqual(self.type.model, "wash.house")

    def test_a_kind_is_that_of_a_content(self):
        for model in ("res.partner", "no.model"):
            with self.subTest(model=model), self.assertRaises(ValidationError):
                self.env["content.type"].create({"name": "x", "model": model})

    @mute_logger("odoo.sql_db")
    def test_one_kind_of_each_and_a_day_to_read_it(self):
        for vals in ({"name": "x", "model": self.type.model}, {"reading_days": 0}):
            with self.subTest(vals=vals), self.assertRaises(IntegrityError):
                self.type.create(vals) if "model" in vals else self.type.write(vals)
                self.env.flush_all()

    def test_nobody_else_decides(self):
        for user in (self.agent, self.secretary, self.communication, self.dpo, self.camille):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.type.with_user(user).allow_urgent = True
