import itertools

from lxml import etree

from odoo.tests import tagged

from odoo.addons.procedure.tests.common import ProcedureCommon

# Band: what calls for it, the most pressing first.
BANDS = {
    "my_opinion": "my_opinion_id",
    "written": "written_on",
    "silence_near": "is_silence_near",
    "lacking": "lacking_label",
    "similar": "similar_request_id",
    "joined": "duplicate_of_id",
}


@tagged("post_install", "-at_install")
class TestDeskBands(ProcedureCommon):
    """Six things may shout at the top of a request: two at most do (look: back office, §2.3)."""

    def test_two_bands_at_most(self):
        request = self._submit()
        values = {
            "my_opinion_id": 1,
            "written_on": request.date_submitted,
            "is_silence_near": True,
            "lacking_label": "Justificatif",
            "similar_request_id": request.id,
            "duplicate_of_id": request.id,
        }
        for known in itertools.product((False, True), repeat=len(BANDS)):
            called = [name for name, is_called in zip(BANDS, known, strict=True) if is_called]
            for name, is_called in zip(BANDS.values(), known, strict=True):
                empty = None if name != "is_silence_near" else False
                request._fields[name]._update_cache(request, values[name] if is_called else empty)
            request.invalidate_recordset(["desk_bands"], flush=False)
            self.assertEqual(request.desk_bands or [], called[:2], known)

    def test_the_form_shows_them_in_this_order(self):
        arch = etree.fromstring(self.env["procedure.request"].get_view(view_type="form")["arch"])
        shown = [
            (each.get("name"), each.get("invisible"))
            for each in arch.iter("div")
            if each.get("name") in BANDS
        ]
        self.assertEqual(shown, [(name, f"'{name}' not in (desk_bands or [])") for name in BANDS])
