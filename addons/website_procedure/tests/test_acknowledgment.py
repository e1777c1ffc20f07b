from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from .common import WebsiteProcedureCommon


class TestAcknowledgment(WebsiteProcedureCommon):
    """Its address is signed: who holds it reads the acknowledgment, and no more than that."""

    def get_url(self, request):
        return request.sudo()._get_acknowledgment_url()

    def get_plates(self, page):
        """The number, then the code where there is one."""
        plates = page.tree.xpath("//*[contains(@class, 'et-plaque--no')]")
        return [plate.text_content().strip() for plate in plates]

    def test_the_address_of_the_applicant_is_for_her_alone(self):
        request = self.file_as(self.camille)
        url = self.get_url(request)
        self.assertIn("camille@exemple.fr", self.get(url).text)
        for user in (self.dominique, None):
            if user:
                self.sign_in(user)
            else:
                self.authenticate(None, None)
            page = self.get(url)
            self.assertIn(request.number, self.get_plates(page))
            self.assertNotIn("camille@exemple.fr", page.text)

    def test_the_code_shown_is_that_of_this_request(self):
        """At the library: two requests were sent from one browser, then a link is opened."""
        mine = self.file_as(self.camille)
        url = self.get_url(mine)
        self.authenticate(None, None)
        filed = [self.file_as_visitor(contact_lastname=name) for name in ("Un", "Deux")]
        self.assertNotEqual(filed[0][1], filed[1][1])
        Request = self.env["procedure.request"]
        for request, code in filed:
            self.assertEqual(Request._find_by_number_and_code(request.number, code).id, request.id)
        self.assertEqual(self.get_plates(self.get(url)), [mine.number])

    def test_its_link_ends_after_thirty_days(self):
        url = self.get_url(self.file_as(self.camille))
        self.authenticate(None, None)
        for days, status in ((29, 200), (31, 404)):
            with freeze_time(fields.Datetime.now() + timedelta(days=days)):
                self.assertEqual(self.url_open(url).status_code, status)

    def test_its_link_ends_once_the_data_are_erased(self):
        request = self.file_as(self.camille)
        url = self.get_url(request)
        request.sudo().date_anonymised = fields.Datetime.now()
        self.assertEqual(self.url_open(url).status_code, 404)
