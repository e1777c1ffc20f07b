from .common import AllotmentCommon


class TestChoices(AllotmentCommon):
    """What may be chosen depends on the other answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.far = cls._service("École A", "far", kind="school", commune_ids=cls.revigny.ids)
        cls.near = cls._service("École B", "near", kind="school", commune_ids=cls.vaubecourt.ids)

    @classmethod
    def _allotment_form(cls):
        return [
            *super()._allotment_form(),
            {"key": "home", "type": "commune", "label": "Commune"},
            {"key": "school", "type": "school", "label": "École"},
        ]

    def _labels(self, answers):
        school = self.allotment.version_id.field_ids.filtered(lambda field: field.key == "school")
        choices = school._get_record_choices(self.camille.partner_id, answers)
        return [label for _id, label in choices if label in ("École A", "École B")]

    def test_the_schools_of_the_sector_come_first(self):
        self.assertEqual(self._labels({}), ["École A", "École B"])
        home = {"insee": self.vaubecourt.insee_code, "label": "Vaubecourt"}
        self.assertEqual(self._labels({"home": home}), ["École B", "École A"])

    def test_any_school_may_still_be_chosen(self):
        for school in (self.near, self.far):
            answers = {"home": "Vaubecourt", "school": str(school.id)}
            request = self._submit(procedure=self.allotment, files={}, answers=answers)
            self.assertEqual(request.answers["school"]["id"], school.id)
