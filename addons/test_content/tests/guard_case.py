import base64
import json

from odoo import Command
from odoo.tests import new_test_user
from odoo.tools import SQL

from odoo.addons.content_approval.tests.reading import accept

from .common import ContentCase, picture

TABLES = ("wash_house", "wash_house_hours", "territory_topic_wash_house_rel")
FILES = """
    SELECT json_agg(row_to_json(file) ORDER BY id)::text FROM (
        SELECT id, name, res_model, res_id, res_field, type, url, checksum, mimetype, public,
               access_token
          FROM ir_attachment WHERE res_model IN ('wash.house', 'wash.house.hours')
    ) file
"""


class GuardCase(ContentCase):
    """A wash house online with everything in it; people with every access right on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.neighbour = cls._new_staff("secretaire.clairval", "secretary")
        cls.env["territory.service"].create(
            {
                "name": "Mairie de Clairval",
                "code": "test_other_town_hall",
                "kind": "town_hall",
                "commune_ids": cls.other_commune.ids,
                "user_ids": cls.neighbour.ids,
            }
        )
        cls.neighbour.territory_commune_ids = cls.other_commune
        cls.other_association = cls.env["res.partner"].create(
            {"name": "Les Pêcheurs", "company_type": "company", "kind": "association"}
        )
        cls._let_act(cls.other_resident, cls.other_association)
        # The one who draws the site: core lets her write views, and unclean HTML.
        cls.designer = new_test_user(
            cls.env,
            "graphiste.test",
            "territory_base.territory_group_communication,website.group_website_designer",
            context={},
        )
        cls.house = cls._publish_everything()
        cls.house._publish_as("data", {"motto": "Eau claire"})
        cls.empty = cls.env["wash.house"]._create_as(
            "data", {"name": "Lavoir vide", "motto": "Eau"}
        )
        cls.line = cls.house.hours_ids[0]
        cls.photo_file, cls.media = cls._get_files()
        cls.everybody = (
            cls.camille,
            cls.stranger,
            cls.secretary,
            cls.neighbour,
            cls.agent,
            cls.communication,
            cls.designer,
            cls.dpo,
            cls.manager,
            cls.technician,
            cls.env.ref("base.user_root"),
        )

    @classmethod
    def _publish_everything(cls):
        draft = cls.house.with_user(cls.secretary)._propose()
        draft._change(
            {
                "photo": picture("red"),
                "photo_alt": "Le lavoir",
                "topic_ids": cls.topics.ids,
                "hours_ids": [
                    {"day": "Mardi", "hour_from": "9", "hour_to": "12", "picture": picture("blue")}
                ],
            }
        )
        file = cls.env["ir.attachment"].create(
            {"name": "mur.png", "raw": picture(), "res_model": draft._name, "res_id": draft.id}
        )
        draft.write({"body": f'<p>Le mur <img src="/web/image/{file.id}/mur.png" alt="Mur"></p>'})
        draft.action_submit()
        accept(draft.with_user(cls.reader))
        cls.env.flush_all()
        return cls.house

    @classmethod
    def _get_files(cls):
        # A field of its own is left out by core, unless one asks for it.
        own = [("res_model", "=", "wash.house"), ("res_id", "=", cls.house.id)]
        files = cls.env["ir.attachment"].search([*own, ("res_field", "in", (False, "photo"))])
        photo = files.filtered("res_field")
        return photo, files - photo

    def _digest(self):
        """All that the public reads, of every wash house, as the database has it."""
        self.env.flush_all()
        found = [
            self.env.execute_query(
                SQL(
                    "SELECT json_agg(to_jsonb(t) - 'write_date' - 'write_uid' - 'rank'"
                    " ORDER BY t::text)::text FROM %s t",
                    SQL.identifier(table),
                )
            )
            for table in TABLES
        ]
        return json.dumps([*found, self.env.execute_query(SQL(FILES))], default=str)

    def _get_writes(self, user):
        """{name: a write of what is online, as this person would try it}"""
        env = self.env(user=user, context={**self.env.context, "lang": "fr_FR"})
        house, line = self.house.with_env(env), self.line.with_env(env)
        House, Hours, File = env["wash.house"], env["wash.house.hours"], env["ir.attachment"]
        photo, media = self.photo_file.with_env(env), self.media.with_env(env)
        own = base64.b64encode(picture("green")).decode()
        spec = {"story": {}}
        forged = [
            {"content_publishing": value}
            for value in (True, 1, {}, [], "_PUBLISHING", {"_PUBLISHING": True}, None)
        ]
        new = {"name": "Lavoir Noir", "story": "Rien n'est lu."}
        here = {"res_model": "wash.house", "res_id": house.id}
        return {
            **{
                f"write {name}": (lambda v=v, n=name: house.write({n: v}))
                for name, v in {
                    "name": "Volé",
                    "story": "Volé",
                    "depth": 9,
                    "is_covered": True,
                    "water": "river",
                    "built_on": "1999-01-01",
                    "photo": own,
                    "photo_alt": "x",
                    "photo_credit": "x",
                    "topic_ids": [Command.clear()],
                    "body": "<p>x</p>",
                    "is_online": False,
                    "version": 99,
                    "date_published": "1999-01-01",
                    "active": False,
                }.items()
            },
            "assignment": lambda: setattr(house, "story", "x"),
            "write, with what is open": lambda: house.write({"rank": 3, "story": "x"}),
            "web_save": lambda: house.web_save({"story": "x"}, spec),
            "web_save_multi": lambda: house.web_save_multi([{"story": "x"}], spec),
            "save of a new one": lambda: House.web_save(new, spec),
            "create": lambda: House.create(new),
            "create several": lambda: House.create([{"rank": 1, "name": "x"}, new]),
            "create online": lambda: House.create({**new, "is_online": True, "version": 1}),
            "create with its id": lambda: House.create({**new, "id": house.id}),
            "create by defaults": lambda: House.with_context(
                default_name="Lavoir Noir",
                default_is_online=True,
                default_version=1,
                default_body="<p>x</p>",
            ).create({}),
            "create by one's own defaults": lambda: self._create_by_defaults(House),
            "name_create": lambda: House.name_create("Lavoir Noir"),
            "copy of a name that is free": lambda: house.copy({"name": "Lavoir Noir"}),
            "load, new": lambda: House.load(["name", "story"], [["Lavoir Noir", "x"]]),
            "load": lambda: House.load([".id", "story"], [[str(house.id), "x"]]),
            "load its lines": lambda: House.load(
                [".id", "hours_ids/.id", "hours_ids/day"], [[str(house.id), str(line.id), "x"]]
            ),
            "unlink": lambda: house.unlink(),
            "archive": lambda: house.action_archive(),
            "translation": lambda: house.update_field_translations("motto", {"fr_FR": "x"}),
            "translations": lambda: house.web_override_translations({"motto": "x"}),
            "resequence": lambda: house.web_resequence(spec, field_name="depth", offset=7),
            "lines: update": lambda: house.write(
                {"hours_ids": [Command.update(line.id, {"day": "x"})]}
            ),
            "lines: create": lambda: house.write({"hours_ids": [Command.create({"day": "x"})]}),
            "lines: delete": lambda: house.write({"hours_ids": [Command.delete(line.id)]}),
            "lines: unlink": lambda: house.write({"hours_ids": [Command.unlink(line.id)]}),
            "lines: clear": lambda: house.write({"hours_ids": [Command.clear()]}),
            "lines: of a new one": lambda: House.create(
                {"name": "Lavoir Noir", "hours_ids": [Command.link(line.id)]}
            ),
            "line: write": lambda: line.write({"day": "x"}),
            "line: save": lambda: line.web_save({"hour_to": 23}, {"hour_to": {}}),
            "line: picture": lambda: line.write({"picture": own}),
            "line: create": lambda: Hours.create({"house_id": house.id, "day": "x"}),
            "line: create by default": lambda: Hours.with_context(
                default_house_id=house.id, default_day="x"
            ).create({}),
            "line: copy": lambda: line.copy(),
            "line: unlink": lambda: line.unlink(),
            "line: its house, through it": lambda: line.write({"house_id": self.empty.id}),
            "file: other bytes": lambda: photo.write({"raw": picture("green")}),
            "file: other datas": lambda: media.write({"datas": own}),
            "file: renamed": lambda: media.write({"name": "x.png"}),
            "file: kept secret": lambda: media.write({"public": False}),
            "file: elsewhere": lambda: media.write({"type": "url", "url": "/web/static/x.png"}),
            "file: moved away": lambda: media.write({"res_model": "res.users", "res_id": env.uid}),
            "file: another field": lambda: photo.write({"res_field": "picture"}),
            "file: unlink": lambda: photo.unlink(),
            "file: unlink of the text": lambda: media.unlink(),
            "file: copy": lambda: media.copy(),
            "file: its token": lambda: media.generate_access_token(),
            "file: create": lambda: File.create({"name": "x", "raw": b"x", **here}),
            "file: create the photo": lambda: File.create(
                {"name": "photo", "raw": picture("green"), "res_field": "photo", **here}
            ),
            "file: create by default": lambda: File.with_context(
                default_res_model="wash.house", default_res_id=house.id
            ).create({"name": "x", "raw": b"x"}),
            "file: one's own, moved here": lambda: File.create(
                {"name": "x", "raw": picture("green")}
            ).write(here),
            "file: of a house to come": lambda: File.create(
                {
                    "name": "photo",
                    "raw": picture("green"),
                    "res_model": "wash.house",
                    "res_field": "photo",
                    "res_id": house.id + 50000,
                }
            ),
            "file: of a line to come": lambda: File.create(
                {
                    "name": "picture",
                    "raw": picture("green"),
                    "res_model": "wash.house.hours",
                    "res_field": "picture",
                    "res_id": line.id + 50000,
                }
            ),
            "file: unique": lambda: File.create_unique(
                [{"name": "x", "datas": own, "mimetype": "image/png", **here}]
            ),
            **{
                f"forged {context}": lambda context=context: house.with_context(**context).write(
                    {"story": "x"}
                )
                for context in forged
            },
            "forged, of a line": lambda: line.with_context(content_publishing=True).unlink(),
            "onchange": lambda: house.onchange({"story": "x"}, ["story"], spec),
        }

    def _create_by_defaults(self, House):
        House.env["ir.default"].set("wash.house", "name", "Lavoir Noir", user_id=True)
        House.env["ir.default"].set("wash.house", "is_online", True, user_id=True)
        return House.create({})
