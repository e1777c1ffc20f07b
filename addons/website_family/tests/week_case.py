from odoo.addons.family_booking.tests.common import BookingCase
from odoo.addons.website_parts.tests.common import PageCase

WEEK = "2026-W50"


class WeekCase(BookingCase, PageCase):
    """Camille and Sacha, separated, both parents of Lou; Noé is Camille's alone.

    The canteen of each Monday takes two children; one books two working days before at noon, and
    says an absence until 8:30 of the day.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._rule(cls.canteen, "book", kind="working_days", count=2, hour=12)
        cls._rule(cls.canteen, "cancel", kind="working_days", count=2, hour=12)
        cls._rule(cls.canteen, "absence", kind="days", count=0, hour=8.5)
        (cls.camille | cls.sacha).partner_id.lang = "fr_FR"

    @classmethod
    def parent(cls, user):
        """(the parent, her children), as her pages find them."""
        parent = user.partner_id.with_user(user).with_context(lang="fr_FR")
        return parent, parent._children_i_may_act_for()

    def words(self, page, path="//main"):
        return " ".join(page.tree.xpath(path)[0].text_content().split())

    def row(self, page, day):
        return self.words(page, f"//tr[@id='jour-{day}']")
