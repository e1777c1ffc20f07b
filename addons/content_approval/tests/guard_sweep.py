"""Every write of core, tried by anybody on a content that is online, whatever its model."""

import base64
import io
import json

from PIL import Image

from odoo import Command
from odoo.tools import SQL

# Of a context that a remote call would send.
FORGED = ("_PUBLISHING", True, 1, {}, [], {"_PUBLISHING": True}, None)
# They answer, and change nothing: `load` says its refusal in its answer.
HARMLESS = {"load", "onchange"}


def picture(colour="green"):
    stream = io.BytesIO()
    Image.new("RGB", (24, 16), colour).save(stream, "PNG")
    return stream.getvalue()


class _Undo(Exception):
    """What was tried leaves nothing behind."""


class GuardSweep:
    """For a test of a content: `self._sweep(content, users)`."""

    def _sweep(self, content, users):
        """:return: list of (login, name of the write, outcome, whether what people read changed)"""
        before = self._digest_content(content)
        return [
            (user.login, name, *self._try_write(content, act, before))
            for user in users
            for name, act in self._get_core_writes(content, user).items()
        ]

    def _try_write(self, content, act, before):
        self.env.invalidate_all()
        outcome, after = "", None
        try:
            with self.env.cr.savepoint():
                act()
                # A refusal undoes the whole request; what answers, keeps what it wrote.
                outcome, after = "returned", self._digest_content(content)
                raise _Undo
        except Exception as error:  # noqa: BLE001 (counted by its name)
            outcome = outcome or type(error).__name__
        self.env.invalidate_all(flush=False)
        return outcome, after not in (before, None)

    def _get_lines(self, content):
        """{name of a One2many that is open: its lines}"""
        return {
            name: content.sudo()[name]
            for name, options in content._get_approval_fields().items()
            if "lines" in options
        }

    def _digest_content(self, content):
        """All that is read of every record of its model, its lines and its files, as the database
        has it."""
        self.env.flush_all()
        names = sorted(
            {content._name, *(lines._name for lines in self._get_lines(content).values())}
        )
        closed = sorted(
            {"write_date", "write_uid"}
            | {
                name
                for name, field in content._fields.items()
                if field.store and name not in {"id", *content._get_guarded_fields()}
            }
        )
        relations = {
            (field.relation, field.column1)
            for name, field in content._fields.items()
            if field.type == "many2many" and name in content._get_guarded_fields()
        }
        found = [
            self.env.execute_query(
                SQL(
                    "SELECT json_agg(to_jsonb(t) - %s::text[] ORDER BY t.id)::text FROM %s t",
                    closed if name == content._name else ["write_date", "write_uid"],
                    SQL.identifier(self.env[name]._table),
                )
            )
            for name in names
        ]
        for table, column in sorted(relations):
            found.append(
                self.env.execute_query(
                    SQL(
                        "SELECT json_agg(t ORDER BY t::text)::text FROM %s t WHERE %s IS NOT NULL",
                        SQL.identifier(table),
                        SQL.identifier(column),
                    )
                )
            )
        found.append(
            self.env.execute_query(
                SQL(
                    "SELECT id, name, res_model, res_id, res_field, type, url, checksum, public,"
                    " access_token FROM ir_attachment WHERE res_model IN %s ORDER BY id",
                    tuple(names),
                )
            )
        )
        return json.dumps(found, default=str)

    def _prepare_new(self, record, names=()):
        """What the database asks of another one like this, so that the guard alone refuses it."""
        record_sudo = record.sudo()
        return {
            name: record_sudo[name].id if field.type == "many2one" else record_sudo[name]
            for name, field in record._fields.items()
            if (field.required or name in names) and field.store and name != "id"
        }

    def _get_other_value(self, field, record):
        """Something that is not there now."""
        value = record.sudo()[field.name]
        if field.type == "selection":
            known = field.get_values(self.env)
            return next((each for each in known if each != value), False)
        return {
            "boolean": lambda: not value,
            "integer": lambda: value + 9,
            "float": lambda: value + 9,
            "date": lambda: "1999-01-01",
            "datetime": lambda: "1999-01-01",
            "binary": lambda: base64.b64encode(picture()).decode(),
            "many2one": lambda: False,
            "many2many": lambda: [Command.clear()],
            "one2many": lambda: [Command.clear()],
        }.get(field.type, lambda: "x")()

    def _get_core_writes(self, content, user):
        """{name: a write of what is online, as this person would try it}"""
        env = self.env(user=user, context={**self.env.context, "lang": "fr_FR"})
        record, Model = content.with_env(env), env[content._name]
        name = content._rec_name
        values = {
            each: self._get_other_value(content._fields[each], content)
            for each in sorted(content._get_guarded_fields())
        }
        new = {**self._prepare_new(content), name: "x", "is_online": True, "version": 1}
        writes = {
            **{
                f"write {each}": lambda each=each: record.write({each: values[each]})
                for each in values
            },
            **{
                f"forged {value}": lambda value=value: record.with_context(
                    content_publishing=value
                ).write({name: "x"})
                for value in FORGED
            },
            "assignment": lambda: setattr(record, name, "x"),
            "web_save": lambda: record.web_save({name: "x"}, {name: {}}),
            "web_save_multi": lambda: record.web_save_multi([{name: "x"}], {name: {}}),
            "save of a new one": lambda: Model.web_save(new, {name: {}}),
            "create": lambda: Model.create(new),
            "create by default": lambda: Model.with_context(
                **{f"default_{each}": value for each, value in new.items()}
            ).create({}),
            "name_create": lambda: Model.with_context(
                **{f"default_{each}": value for each, value in new.items() if each != name}
            ).name_create("x"),
            "copy": lambda: record.copy(),
            "load": lambda: Model.load([".id", name], [[str(content.id), "x"]]),
            "unlink": lambda: record.unlink(),
            "onchange": lambda: record.onchange({name: "x"}, [name], {name: {}}),
            **self._get_file_writes(content, env),
        }
        if "active" in content._fields:
            writes["archive"] = lambda: record.action_archive()
        for each, lines in self._get_lines(content).items():
            writes |= self._get_line_writes(content, each, lines[:1], env)
        return writes

    def _get_line_writes(self, content, name, line, env):
        record, own = content.with_env(env), line.with_env(env)
        inverse = content._fields[name].inverse_name
        opened = content._get_approval_fields()[name]["lines"]
        new = self._prepare_new(line, opened) if line else {}
        writes = {
            f"{name}: create": lambda: record.write({name: [Command.create(new)]}),
            f"{name}: of its own": lambda: own.create({**new, inverse: content.id}),
            f"{name}: by default": lambda: own.with_context(
                **{f"default_{each}": value for each, value in {**new, inverse: content.id}.items()}
            ).create({}),
        }
        if not line:
            return writes
        return {
            **writes,
            **{
                f"{name}: write {each}": lambda each=each: own.write(
                    {each: self._get_other_value(line._fields[each], line)}
                )
                for each in opened
            },
            f"{name}: update": lambda: record.write(
                {
                    name: [
                        Command.update(
                            line.id,
                            {opened[0]: self._get_other_value(line._fields[opened[0]], line)},
                        )
                    ]
                }
            ),
            f"{name}: delete": lambda: record.write({name: [Command.delete(line.id)]}),
            f"{name}: unlink": lambda: own.unlink(),
            f"{name}: copy": lambda: own.copy(),
            f"{name}: moved": lambda: own.write({inverse: False}),
        }

    def _get_file_writes(self, content, env):
        """Pictures of the content are files: those of a field are left out of a plain search."""
        File = env["ir.attachment"]
        here = {"res_model": content._name, "res_id": content.id}
        own = self.env["ir.attachment"].search(
            [
                ("res_model", "=", content._name),
                ("res_id", "=", content.id),
                ("res_field", "in", (False, *content._get_guarded_fields())),
            ]
        )
        writes = {
            "file: create": lambda: File.create({"name": "x", "raw": b"x", **here}),
            "file: create by default": lambda: File.with_context(
                default_res_model=content._name, default_res_id=content.id
            ).create({"name": "x", "raw": b"x"}),
            "file: one's own, moved here": lambda: File.create(
                {"name": "x", "raw": picture()}
            ).write(here),
        }
        for file in own:
            mine, field = file.with_env(env), file.res_field or "text"
            writes |= {
                f"file of {field}: other bytes": lambda mine=mine: mine.write({"raw": picture()}),
                f"file of {field}: moved away": lambda mine=mine: mine.write(
                    {"res_model": "res.users", "res_id": env.uid}
                ),
                f"file of {field}: unlink": lambda mine=mine: mine.unlink(),
                f"file of {field}: copy": lambda mine=mine: mine.copy(),
            }
        return writes
