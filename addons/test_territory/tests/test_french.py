import re
from pathlib import Path
from unittest.mock import patch

from lxml import etree

from odoo.tests import tagged

from .common import TerritoryCommon

# Tell-tale words: English that core left, and trades that nobody here has.
ENGLISH = re.compile(
    r"\b(?:the|and|your|with|from|this|that|is|are|not|for|of|to|by|apps|shortcuts|general"
    r"|administrator|settings|send|save|search|server|custom|key)\b",
    re.IGNORECASE,
)
JARGON = re.compile(r"QWEB|Twilio|Tenor|\bSFU\b|\bICE\b|Google|Odoo")
STAFF = ("agent", "childhood_agent", "secretary", "communication", "manager", "dpo", "system")
# Read by the technical administrator only, who knows the software by its name.
TECHNICAL = {"ir.module.module"}
SAID = ("string", "placeholder", "help", "confirm", "title")


@tagged("post_install", "-at_install", "-standard", "sweep_routes")
class TestFrench(TerritoryCommon):
    """What each of the staff may open speaks French, and of nothing else than her work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.users["system"] = cls.env.ref("base.user_admin")

    def _menus(self, persona):
        env = self.env(user=self.users[persona], context={"lang": "fr_FR"})
        return env, env["ir.ui.menu"].load_menus(False)

    def _apps(self, persona):
        env, menus = self._menus(persona)
        apps = [menus[app] for app in menus["root"]["children"]]
        return env, [app["xmlid"] for app in apps]

    def test_what_is_chosen_is_in_french(self):
        """Core translates no choice that a function gives: the function does."""
        addons = {path.name for path in Path(__file__).parents[2].iterdir()}
        raw = []
        for model in self.env.values():
            for field in model._fields.values():
                if not callable(getattr(field, "selection", None)) or field._module not in addons:
                    continue
                french, english = (
                    field._description_selection(self.env(context={"lang": lang}))
                    for lang in ("fr_FR", "en_US")
                )
                if french and french == english:
                    raw.append(str(field))
        self.assertEqual(raw, [])

    def test_each_lands_on_her_work(self):
        """Never on an empty chat (staff B18)."""
        for persona in STAFF:
            env, menus = self._menus(persona)
            menu = menus[menus["root"]["children"][0]]
            self.assertEqual(menu["xmlid"], "territory_base.territory_menu_root", persona)
            while menu["children"]:
                menu = menus[menu["children"][0]]
            self.assertTrue(menu["action_id"], f"{persona}: {menu['name']} opens something")
            action = env[menu["action_model"]].sudo().browse(menu["action_id"])
            self.assertTrue(env[action.res_model].has_access("read"), persona)

    def test_the_builder_is_for_who_edits_pages(self):
        """It shows to the others what they may not save, and fails once in four (staff B19)."""
        for persona in STAFF:
            env, apps = self._apps(persona)
            edits = env.user.has_group("website.group_website_restricted_editor")
            self.assertEqual("website.menu_website_configuration" in apps, edits, persona)
        self.assertTrue(edits, "the administrator does")

    def test_sweep(self):
        """Every menu, then every word of every view that it opens."""
        found, read = {}, 0
        for persona in STAFF:
            env, menus = self._menus(persona)
            opened = set()
            for menu in menus.values():
                read += self._note(found, menu["name"], f"{persona}: a menu")
                if menu.get("action_model") != "ir.actions.act_window":
                    continue
                action = env["ir.actions.act_window"].browse(menu["action_id"]).sudo()
                if action.res_model in TECHNICAL:
                    continue
                read += self._note(found, action.name, f"{persona}: a screen")
                views = tuple((view, kind) for view, kind in action.views if kind != "qweb")
                if action.res_model and (action.res_model, views) not in opened:
                    opened.add((action.res_model, views))
                    read += self._read_views(found, env[action.res_model], views, persona)
        self.assertGreater(read, 3000, "words read")
        self.assertFalse(found, "\n".join(f"{place}: {text}" for text, place in found.items()))

    def _read_views(self, found, model, views, persona):
        result = model.get_views(list(views))
        fields = result["models"][model._name]["fields"]
        read = 0
        for kind, view in result["views"].items():
            place = f"{persona}: {kind} of {model._name}"
            for element in etree.fromstring(view["arch"]).iter(etree.Element):
                if self._is_hidden(element):
                    continue
                words = [element.get(name) for name in SAID]
                words += [element.text, *(child.tail for child in element)]
                field = fields.get(element.get("name")) if element.tag == "field" else None
                if field:
                    words += [] if element.get("string") else [field["string"]]
                    words += [label for _value, label in field.get("selection") or ()]
                read += sum(self._note(found, text, place) for text in words)
        return read

    def _is_hidden(self, element):
        return any(
            each.get("invisible") in ("1", "True") or each.get("column_invisible") in ("1", "True")
            for each in (element, *element.iterancestors())
        )

    def _note(self, found, text, place):
        text = " ".join((text or "").split())
        if ENGLISH.search(text) or JARGON.search(text):
            found.setdefault(text, place)
        return bool(text)

    def test_every_page_of_ours_is_in_french(self):
        """A term that moved to another template keeps its French only if fr.po says where it is."""
        views = self.env["ir.ui.view"].search([("model_data_id.module", "in", self._get_addons())])
        get_terms = views._fields["arch_db"].get_trans_terms
        left = set()
        for view in views:
            english, french = (
                set(get_terms(view.with_context(lang=lang).arch_db)) for lang in ("en_US", "fr_FR")
            )
            left |= {
                term for term in english & french if ENGLISH.search(re.sub("<[^>]*>", "", term))
            }
        self.assertFalse(left)

    def _get_addons(self):
        folder = Path(__file__).parents[2]
        return [each.name for each in folder.iterdir() if each.is_dir()]

    def test_every_notice_of_the_register_is_in_french(self):
        """Those that are shipped, and those of each template: what a template leaves out is
        filled in where nobody reads a language (people 9, G3)."""
        self.env["res.lang"]._activate_lang("en_US")
        Processing = self.env["privacy.processing"]
        entries = Processing.search([])
        definitions = self.env["procedure.definition"].with_context(lang=None)
        for template in self.env["procedure.template"].search([]):
            data = template._get_definition()
            if data.get("register"):
                entries |= definitions._create_processing(data["register"], data["code"])
        names = [
            name
            for name, field in Processing._fields.items()
            if field.type in ("char", "text", "html") and field.store and name != "code"
        ]
        english = [
            f"{entry.code}, {name}: {entry[name]}"
            for entry in entries.with_context(lang="fr_FR")
            for name in names
            if ENGLISH.search(entry[name] or "") or entry[name] == "None."
        ]
        self.assertGreater(len(entries), 20, "entries read")
        self.assertEqual(english, [])

    def test_what_core_names_is_named_in_french(self):
        names = {
            "mail.channel_all_employees": "general",
            "base.partner_admin": "Administrator",
        }
        for xmlid, name in names.items():
            self.assertNotEqual(self.env.ref(xmlid).name, name)

    def test_settings_are_all_there_in_debug_mode(self):
        settings = self.env["res.config.settings"].with_user(self.users["system"])

        def shown():
            arch = etree.fromstring(settings.get_view(view_type="form")["arch"])
            return [each for each in arch.iter("setting") if not self._is_hidden(each)]

        self.assertLess(len(shown()), 25)
        texts = b"".join(etree.tostring(setting) for setting in shown()).decode()
        self.assertIn("administrative_court", texts)
        self.assertIn("alias_domain", texts)
        # Core gives this group in debug mode only.
        with patch.object(type(self.env.user), "has_group", lambda user, group: True):
            self.assertGreater(len(shown()), 40)
