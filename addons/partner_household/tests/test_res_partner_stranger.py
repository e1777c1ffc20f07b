import json

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import HouseholdCase

KNOWN = {"firstname": "Lou", "lastname": "Bertin", "birthdate": "2017-03-02"}
UNKNOWN = {"firstname": "Max", "lastname": "Inventé", "birthdate": "2017-03-02"}


@tagged("post_install", "-at_install")
class TestStranger(HouseholdCase):
    """A stranger types the names and birth date of a child that the platform knows."""

    def _me(self):
        return self.stranger.partner_id.with_user(self.stranger)

    def test_same_answer_and_same_work_for_a_known_and_an_unknown_child(self):
        self._me()._declare_child({**UNKNOWN, "firstname": "Premier"})
        counts, answers = [], []
        for vals in (KNOWN, UNKNOWN):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            child = self._me()._declare_child(vals)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.env.invalidate_all()
            answers.append(self._read_all(child))
        self.assertEqual(counts[0], counts[1])
        self.assertEqual(answers[0]["birthdate"], answers[1]["birthdate"])
        for name, known in answers[0].items():
            unknown = answers[1][name]
            self.assertEqual(type(known), type(unknown), name)
            self.assertEqual(known == "refused", unknown == "refused", name)
            if isinstance(known, list):
                self.assertEqual(len(known), len(unknown), name)

    def _read_all(self, partner):
        """All that a call from outside gets, field by field."""
        values = {}
        for name, field in partner._fields.items():
            if field.type in ("binary", "image", "html") or name.startswith(("avatar", "image")):
                continue
            try:
                values[name] = partner.read([name])[0][name]
            except AccessError:
                values[name] = "refused"
        return values

    def test_the_new_sheet_is_hers_and_the_known_one_is_untouched(self):
        before = self.child.read(["write_date", "authority_ids", "membership_ids"])
        own = self._me()._declare_child(KNOWN)
        self.assertNotEqual(own.id, self.child.id)
        self.assertReadsNot(self.stranger, self.child)
        self.env.invalidate_all()
        self.assertEqual(self.child.read(["write_date", "authority_ids", "membership_ids"]), before)

    def test_no_call_tells_the_known_child(self):
        own = self._me()._declare_child(KNOWN)
        Partner = self.env["res.partner"].with_user(self.stranger)
        mine = own | self._me()
        self.assertEqual(Partner.search([]), mine.sorted(lambda p: p.complete_name))
        self.assertEqual(Partner.search_count([("birthdate", "=", "2017-03-02")]), 1)
        self.assertEqual([pair[0] for pair in Partner.name_search("Bertin")], own.ids)
        groups = Partner.formatted_read_group([], ["birthdate:day"], ["__count"])
        self.assertEqual(sum(group["__count"] for group in groups), 2)
        self.assertEqual(
            sum(count for _key, count in Partner._read_group([], ["kind"], ["__count"])), 2
        )
        for name in ("possible_duplicate_id", "identity_key", "declarant_id", "reader_service_ids"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                own.read([name])
            if own._fields[name].store:
                with self.subTest(field=name), self.assertRaises(AccessError):
                    Partner.search([(name, "!=", False)])
        with self.assertRaises(AccessError):
            self.child.with_user(self.stranger).read(["name"])
        self.stranger.group_ids += self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            self.child.with_user(self.stranger).export_data(["name"])

    def test_no_path_of_a_search_leads_to_the_other_holder(self):
        own = self._me()._declare_child(KNOWN)
        Partner = self.env["res.partner"].with_user(self.stranger)
        with self.assertRaises(AccessError):
            Partner.search([("create_uid.login", "ilike", "camille")])
        for path in (
            "authority_ids.holder_id.lastname",
            "membership_ids.household_id.name",
            "membership_ids.household_id.occupancy_ids.dwelling_id.street",
        ):
            for value in ("Duchêne", "camille", "Lavoir", "Camille"):
                with self.subTest(path=path, value=value):
                    found = Partner.search([("id", "=", own.id), (path, "ilike", value)])
                    self.assertFalse(found)
        for model in (
            "household.membership",
            "parental.authority",
            "partner.delegate",
            "territory.dwelling",
            "dwelling.occupancy",
            "household.change",
        ):
            text = json.dumps(self.env[model].with_user(self.stranger).search_read([]), default=str)
            for secret in ("Duch", "Camille", "Lavoir"):
                self.assertNotIn(secret, text, model)

    def test_a_holder_does_not_learn_the_other_one_through_the_child(self):
        """Sacha is verified on the sheet that Camille created: he reads the child, not her."""
        self._second_holder(state="verified")
        self.env.invalidate_all()
        child = self.child.with_user(self.sacha)
        text = json.dumps(self._read_all(child), default=str, ensure_ascii=False)
        self.assertIn("Lou", text)
        for secret in ("Duchêne", "Camille", "camille.test", "Lavoir"):
            self.assertNotIn(secret, text)
        Partner = self.env["res.partner"].with_user(self.sacha)
        for path, value in (
            ("authority_ids.holder_id.lastname", "Duch"),
            ("membership_ids.household_id.name", "Duch"),
        ):
            self.assertFalse(Partner.search([("id", "=", child.id), (path, "ilike", value)]))
        self.assertEqual(child.authority_ids.holder_id, self.sacha.partner_id)

    def test_only_who_reads_the_file_is_told_of_a_possible_duplicate(self):
        own = self._me()._declare_child(KNOWN).with_env(self.env)
        self.assertEqual(own.with_user(self.manager).possible_duplicate_id, self.child)
        own.reader_service_ids = self.service | self.other_service
        self.assertEqual(own.with_user(self.family_agent).possible_duplicate_id, self.child)
        self.assertFalse(own.with_user(self.agent).possible_duplicate_id)
        shown = own.with_user(self.family_agent).read(["possible_duplicate_id"])
        self.assertEqual(shown[0]["possible_duplicate_id"][1], "Not shown")
