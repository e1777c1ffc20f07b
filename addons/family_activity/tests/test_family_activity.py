from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.territory_base.tests.common import folder_of

from .common import ActivityCase

COMMUNES = "code_insee,nom,code_postal\n55991,Val-du-Test,55250\n"
ACTIVITIES = (
    "code,nom,nature,service,lien_paiement,age_de\n"
    "essai-cantine,Cantine,cantine,test_act_child,https://exemple.fr/payer,3\n"
)
SITES = (
    "code,nom,activite,service,commune,ecoles,places\n"
    "essai-val,Cantine du Val,essai-cantine,test_act_hall,55991,test_act_school,40\n"
    "essai-mont,Cantine du Mont,essai-cantine,,,,30\n"
)
SLOTS = (
    "site,jour,nom,de,a,places\n"
    "essai-val,lundi,Midi,11h45,13h30,\n"
    "essai-val,mardi,Midi,11h45,13h30,25\n"
    "essai-mont,vacances,Journée,9h,17h,\n"
)


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20 12:00:00")
class TestFamilyActivity(ActivityCase):
    def _refused(self, record, vals):
        with (
            self.subTest(vals),
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            record.write(vals)
            record.flush_recordset()

    def test_what_cannot_be(self):
        rule = self._rule(self.canteen, "book")
        for record, vals in (
            (self.canteen, {"payment_url": "http://exemple.fr"}),
            (self.canteen, {"payment_url": "javascript:alert(1)"}),
            (self.canteen, {"payment_url": "https://exemple.fr/a b"}),
            (self.canteen, {"age_from": 6, "age_to": 3}),
            (self.canteen, {"days_min": 8}),
            (self.hall_site, {"capacity": -1}),
            (self.hall_site, {"date_start": "2026-09-02", "date_end": "2026-09-01"}),
            (self.noon, {"hour_from": 14}),
            (self.noon, {"date_start": "2026-09-02", "date_end": "2026-09-01"}),
            (self.season, {"date_end": "2026-08-01"}),
            (self.season, {"opens_all": "2026-05-01", "opens_resident": "2026-05-02"}),
            (rule, {"kind": "weeks"}),
            (rule, {"weekday": "1"}),
            (rule, {"count": 0}),
            (rule, {"hour": 24}),
            (rule, {"activity_id": False}),
            (rule, {"site_id": self.hall_site.id}),
        ):
            self._refused(record, vals)
        self.canteen.payment_url = "https://exemple.fr/payer?x=1"

    def test_one_rule_for_one_thing(self):
        self._rule(self.canteen, "book")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._rule(self.canteen, "book", count=3)

    def test_rules_are_sentences_while_they_are_typed(self):
        with Form(self.evening) as form:
            with form.rule_ids.new() as rule:
                self.assertEqual(
                    rule.sentence.replace("\xa0", " "), "au plus tard 2 jours ouvrés avant, à 12 h"
                )
                rule.kind = "weeks"
                rule.count = 1
                self.assertIn("mardi de la semaine d’avant", rule.sentence)
                rule.kind = "days"
                rule.count = 0
                rule.hour = 8.5
                self.assertIn("le jour même", rule.sentence)
            form.preview_date = "2026-11-16"
            self.assertIn("lundi 16 novembre 2026", form.preview)
        self.assertEqual(self.evening.rule_ids.count, 0)

    def test_the_state_of_a_site_today(self):
        site = self.hall_site
        self.assertEqual(site.state, "open")
        suspension = self.env["family.site.suspension"].create(
            {"site_id": site.id, "date_start": "2026-08-20", "reason": "Travaux"}
        )
        self.assertEqual(site.state, "suspended")
        suspension.date_end = "2026-08-20"
        site.date_start = "2026-08-21"
        self.assertEqual(site.state, "closed")

    def test_the_services_of_who_makes_them(self):
        Activity = self.env["family.activity"]
        own = Activity.with_user(self.secretary).create({"name": "A"})
        self.assertEqual(own.service_id, self.hall)
        leading = Activity.with_user(self.manager).create({"name": "B"})
        self.assertEqual(leading.service_id.kind, "epci")


@tagged("post_install", "-at_install")
class TestFamilyActivityFiles(ActivityCase):
    def _load(self, **files):
        with folder_of(communes=COMMUNES, **files) as folder:
            return self.env["territory.loader"]._load_folder(folder)

    def test_activities_sites_and_slots_are_loaded(self):
        report = self._load(activities=ACTIVITIES, sites=SITES, slots=SLOTS)
        self.assertEqual(report["slots.csv"]["created"], 3)
        activity = self.env["family.activity"].search([("code", "=", "essai-cantine")])
        self.assertEqual((activity.kind, activity.service_id), ("canteen", self.childhood))
        val, mont = activity.site_ids.sorted("code", reverse=True)
        self.assertEqual(
            (val.service_id, val.school_ids, val.capacity), (self.hall, self.school, 40)
        )
        self.assertEqual(mont.service_id, self.childhood)
        self.assertEqual(val.slot_ids.mapped("day"), ["0", "1"])
        self.assertEqual(val.slot_ids.mapped("hour_from"), [11.75, 11.75])
        self.assertEqual(mont.slot_ids.day, "holiday")
        again = self._load(activities=ACTIVITIES, sites=SITES, slots=SLOTS)
        self.assertEqual(again["slots.csv"]["unchanged"], 3)
        self.assertEqual(again["sites.csv"]["unchanged"], 2)

    def test_what_a_file_no_longer_holds_is_archived(self):
        self._load(activities=ACTIVITIES, sites=SITES, slots=SLOTS)
        self._load(slots="\n".join(SLOTS.splitlines()[:2]) + "\n")
        site = self.env["family.site"].search([("code", "=", "essai-val")])
        self.assertEqual(site.slot_ids.mapped("day"), ["0"])
        self.assertEqual(len(site.with_context(active_test=False).slot_ids), 2)
        self.assertTrue(self.noon.active)

    def test_what_is_wrong_is_told(self):
        with self.assertRaises(UserError) as refused:
            self._load(activities=ACTIVITIES, sites=SITES.replace("essai-cantine", "essai-rien", 1))
        self.assertIn("sites.csv", str(refused.exception))
