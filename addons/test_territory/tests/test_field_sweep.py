"""Each persona × each field kept to a group × each door of the ORM: refused alike."""

import logging
from collections import Counter, defaultdict

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TerritoryCommon
from .field_doors import NothingThereError, get_doors

_logger = logging.getLogger(__name__)
REFUSED, IMPOSSIBLE, EMPTY, OPEN = "refused", "impossible", "empty", "open"


@tagged("post_install", "-at_install", "-standard", "sweep_rights")
class TestFieldSweep(TerritoryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fields = [
            field
            for name in sorted(cls.env.registry)
            for field in cls.env[name]._fields.values()
            if field.groups and not cls.env[name]._abstract
        ]
        # The groups alone decide on a field: who has the same ones stands for the others.
        kinds = defaultdict(list)
        for persona, user in cls.users.items():
            kinds[user.all_group_ids].append(persona)
        cls.kinds = [(personas, cls.users[personas[0]]) for personas in kinds.values()]
        cls.doors = set()

    def setUp(self):
        super().setUp()
        # By user and model: neither has to do with the field.
        self.carriers, self.found = {}, {}

    def _get_carrier(self, user, field):
        """A stored many2one that leads to the model of the field, and that this user may read."""
        key = user, field.model_name
        if key not in self.carriers:
            self.carriers[key] = self._find_carrier(user, field)
        return self.carriers[key]

    def _find_carrier(self, user, field):
        for name in ("procedure.request", "res.partner", "procedure.procedure", *self.registry):
            model = self.env[name].with_user(user)
            if model._abstract or not model._auto or not model.has_access("read"):
                continue
            for carrier in model._fields.values():
                if (
                    carrier.type == "many2one"
                    and carrier.store
                    and carrier.comodel_name == field.model_name
                    and model._has_field_access(carrier, "read")
                ):
                    return carrier
        return None

    def _open(self, door, records):
        try:
            with self.env.cr.savepoint(flush=False) as savepoint:
                door(records)
                savepoint.rollback()
        except AccessError:
            return REFUSED
        except NothingThereError:
            return EMPTY
        except UserError as error:
            # Nobody outside the staff exports.
            self.assertIn("export", str(error))
            return REFUSED
        except psycopg2.Error:
            # The query was written and ran: nothing had refused it.
            return OPEN
        except (ValueError, TypeError, NotImplementedError, KeyError, AssertionError):
            return IMPOSSIBLE
        return OPEN

    def _get_record(self, user, field):
        """One that the user reads, else any other: never her own account, of which core lets
        everybody read and write a few fields that others do not."""
        key = user, field.model_name
        if key not in self.found:
            self.found[key] = self._find_record(user, field)
        return self.found[key]

    def _find_record(self, user, field):
        model = self.env[field.model_name].with_user(user)
        if model._name == "res.users":
            return self.env.ref("base.user_admin").with_user(user)
        if record := model.has_access("read") and model.search([], limit=1):
            return record
        any_sudo = model.sudo().with_context(active_test=False).search([], limit=1)
        return model.browse(any_sudo.ids)

    def _is_open_to_oneself(self, user, field):
        return field.model_name == "res.users" and field.name in user.SELF_READABLE_FIELDS

    def _get_outcomes(self, user, field):
        records = self._get_record(user, field)
        carrier = self._get_carrier(user, field)
        for name, door in get_doors(records, field, carrier).items():
            self.doors.add(name)
            if name == "web_name_search" and self._is_open_to_oneself(user, field):
                # It finds her own account.
                continue
            outcome = self._open(door, records)
            if outcome == OPEN:
                source = records
                if "through" in name:
                    source = self.env[carrier.model_name].with_user(user)
                if source.browse().has_access("read") and not source.search([], limit=1):
                    # Nothing that she reads: core answers before it looks at the field.
                    outcome = EMPTY
            yield name, outcome

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model", "odoo.sql_db", "odoo.domains")
    def test_a_field_kept_to_a_group_is_closed_by_every_door(self):
        counts, wrong, seen = Counter(), [], set()
        for field in self.fields:
            for personas, user in self.kinds:
                if user.has_groups(field.groups):
                    continue
                counts["fields × personas"] += len(personas)
                for door, outcome in self._get_outcomes(user, field):
                    counts[outcome] += 1
                    if outcome in (OPEN, IMPOSSIBLE):
                        wrong.append(f"{field} × {personas[0]} × {door}: {outcome}")
                    if outcome == REFUSED:
                        seen.add(door)
        _logger.info("%d fields, %d doors, %s", len(self.fields), len(seen), dict(counts))
        self.assertFalse(wrong, "\n".join(wrong[:100]))
        # It looked: not everything was empty, and no door is there for nothing.
        self.assertGreater(counts[REFUSED], 20000)
        self.assertLess(counts[EMPTY], counts[REFUSED] / 20)
        self.assertEqual(seen, self.doors)

    def test_an_entitled_person_passes_by_the_same_doors(self):
        """Else a door that refuses everybody would prove nothing."""
        manager = self.users["manager"]
        field = self.env["res.partner"]._fields["reader_service_ids"]
        records = self.child.with_user(manager)
        for name, door in get_doors(records, field, self._get_carrier(manager, field)).items():
            with self.subTest(door=name):
                self.assertNotEqual(self._open(door, records), REFUSED)

    def test_the_services_that_read_a_child_are_not_counted_by_its_parent(self):
        """What made this sweep: the second parent grouped the child by it."""
        child = self.child.with_user(self.users["parent_verified"])
        self.assertTrue(child.search([("id", "=", child.id)]))
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            child.formatted_read_group([("id", "=", child.id)], ["reader_service_ids"], ["__count"])
