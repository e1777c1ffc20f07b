from odoo.tests import tagged

from odoo.addons.procedure_form.tests.common import FormCommon


@tagged("post_install", "-at_install")
class TestCommuneProcedures(FormCommon):
    def shown(self, commune):
        commune = commune.with_user(self.env.ref("base.public_user"))
        blocks = {shown.key: shown.values for shown in commune._get_page_blocks()}
        return blocks.get("procedures", {}).get("procedures", self.env["procedure.procedure"])

    def test_a_commune_shows_what_it_answers_itself(self):
        hall = self._procedure("Louer", "SALLE", self.town_hall, commune_ids=self.vaubecourt.ids)
        communal = self._procedure("Voir le maire", "MAIRE", self.waste, is_communal=True)
        here = self._procedure("Eau d'ici", "EAU", self.waste, commune_ids=self.vaubecourt.ids)
        shown = self.shown(self.vaubecourt)
        self.assertEqual(set(shown.ids), set((hall | communal | here).ids))
        self.assertEqual(self.shown(self.revigny), communal)

    def test_those_of_everybody_are_in_the_catalogue(self):
        self.assertFalse(self.shown(self.vaubecourt))

    def test_what_is_not_published_is_nowhere(self):
        self._procedure("Louer la salle", "SALLE", self.town_hall, publish=False)
        communal = self._procedure("Voir le maire", "MAIRE", self.waste, is_communal=True)
        communal.action_suspend()
        self.assertFalse(self.shown(self.vaubecourt))

    def test_a_commune_without_town_hall_here_answers_nothing_itself(self):
        self._procedure("Voir le maire", "MAIRE", self.waste, is_communal=True)
        self.town_hall.active = False
        self.assertFalse(self.shown(self.vaubecourt))

    def test_the_block_is_drawn_with_its_links(self):
        hall = self._procedure("Louer", "SALLE", self.town_hall, commune_ids=self.vaubecourt.ids)
        commune = self.vaubecourt.with_context(lang="fr_FR")
        block = next(each for each in commune._get_page_blocks() if each.key == "procedures")
        self.assertEqual(block.block.title, "Démarches de la commune")
        drawn = self.env["ir.qweb"]._render(block.block.template, {"values": block.values})
        self.assertIn(f"/demarches/{hall.slug}", drawn)
        self.assertEqual(block.values["more_url"], "/demarches")

    def test_what_has_no_place_left_says_so(self):
        hall = self._procedure("Louer", "SALLE", self.town_hall, commune_ids=self.vaubecourt.ids)

        def draw():
            commune = self.vaubecourt.with_context(lang="fr_FR")
            block = next(each for each in commune._get_page_blocks() if each.key == "procedures")
            values = {"values": block.values}
            qweb = self.env["ir.qweb"].with_context(lang="fr_FR")
            return str(qweb._render(block.block.template, values))

        self.assertNotIn("Complet", draw())
        hall.max_requests = 1
        self.assertNotIn("Complet", draw())
        kept = []
        cache = type(self.env["website.page.cache"])
        self.patch(cache, "_keep_private", lambda _cache: kept.append(1))
        self.patch(type(hall), "_is_full", lambda _procedure: True)
        self.assertIn("Complet", draw())
        self.assertTrue(kept, "kept for nobody: the next request changes it")

    def test_each_commune_shows_what_its_town_hall_has_opened(self):
        both = (self.vaubecourt | self.revigny).ids
        hall = self._procedure(
            "Louer", "SALLE", self.waste, is_communal=True, is_opened_by_communes=True
        )
        self.assertFalse(self.shown(self.vaubecourt))
        hall.commune_ids = both
        hall._make_commune_rows(self.vaubecourt | self.revigny)
        row, other = hall.commune_row_ids.sorted(lambda row: row.commune_id != self.vaubecourt)
        row.action_open()
        self.assertEqual(self.shown(self.vaubecourt), hall)
        self.assertFalse(self.shown(self.revigny))
        other.action_direct()
        self.assertEqual(self.shown(self.revigny), hall)
        block = next(each for each in self.revigny._get_page_blocks() if each.key == "procedures")
        drawn = self.env["ir.qweb"]._render(block.block.template, {"values": block.values})
        self.assertIn(f"/demarches/{hall.slug}/commune/{self.revigny.slug}", drawn)
