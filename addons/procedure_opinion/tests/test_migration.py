from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path

from ..hooks import _post_init, _pre_init

MIXIN = "procedure.request.opinion"
# What the update must keep: with their names lost, Odoo deletes models, columns and rights.
KEPT = (
    "model_procedure_opinion",
    "model_procedure_consult_wizard",
    "field_procedure_opinion__link_nonce",
    "field_procedure_opinion__shown_field_ids",
    "field_procedure_consult_wizard__question",
    "field_procedure_request__opinion_ids",
    "field_procedure_request__my_opinion_id",
    "field_procedure_request__my_opinion_question",
    "field_procedure_reason_wizard__opinion_id",
    "selection__procedure_opinion__state__asked",
    "selection__procedure_reason_wizard__action__favourable",
    "selection__procedure_reason_wizard__action__unfavourable",
    "constraint_procedure_opinion_someone",
    "constraint_procedure_opinion_service_uniq",
    "procedure_opinion_access_agent",
    "procedure_consult_wizard_access_agent",
    "procedure_opinion_rule_service",
    "procedure_opinion_rule_manager",
    "procedure_consult_wizard_view_form",
    "ir_cron_opinion",
    "ir_cron_opinion_ir_actions_server",
    "mail_opinion_asked",
    "mail_opinion_reminder",
)
RELATIONS = ("procedure_opinion_shown_rel", "procedure_consult_wizard_procedure_field_rel")
CHECKS = (
    "procedure_opinion_someone",
    "procedure_opinion_contact_uniq",
    "procedure_opinion_request_id_fkey",
    "procedure_reason_wizard_opinion_id_fkey",
)


@tagged("post_install", "-at_install")
class TestMigration(TransactionCase):
    """A database where opinions were part of `procedure`."""

    def _migrate(self):
        path = file_path("procedure/migrations/19.0.1.21.0/pre-migration.py")
        load_script(path, "pre_migration_opinions").migrate(self.env.cr, "19.0.1.20.0")

    def _get_owners(self, table, names):
        self.env.cr.execute(
            f"""
            SELECT kept.name, owner.name FROM {table} kept
              JOIN ir_module_module owner ON owner.id = kept.module
             WHERE kept.name = ANY(%s)
            """,
            (list(names),),
        )
        return dict(self.env.cr.fetchall())

    def setUp(self):
        super().setUp()
        cr = self.env.cr
        cr.execute(
            """
            UPDATE ir_model_data SET module = 'procedure'
             WHERE module = 'procedure_opinion' AND name = ANY(%s) RETURNING name, res_id
            """,
            (list(KEPT),),
        )
        self.before = dict(cr.fetchall())
        self.assertEqual(self.before.keys(), set(KEPT))
        for table, names in (("ir_model_relation", RELATIONS), ("ir_model_constraint", CHECKS)):
            cr.execute(
                f"""
                UPDATE {table} SET module = owner.id FROM ir_module_module owner
                 WHERE owner.name = 'procedure' AND {table}.name = ANY(%s)
                """,
                (list(names),),
            )

    def test_names_follow_and_point_to_the_same(self):
        self._migrate()
        # Once more, as when an update was stopped half way.
        self._migrate()
        self.env.cr.execute(
            """
            SELECT name, res_id, module FROM ir_model_data
             WHERE name = ANY(%s) AND module IN ('procedure', 'procedure_opinion')
            """,
            (list(KEPT),),
        )
        after = {name: (res_id, module) for name, res_id, module in self.env.cr.fetchall()}
        expected = {name: (res_id, "procedure_opinion") for name, res_id in self.before.items()}
        self.assertEqual(after, expected)

    def test_what_the_database_checks_follows(self):
        self._migrate()
        for table, names in (("ir_model_relation", RELATIONS), ("ir_model_constraint", CHECKS)):
            owners = self._get_owners(table, names)
            self.assertEqual(owners, dict.fromkeys(names, "procedure_opinion"))

    def test_nothing_else_of_procedures_moves(self):
        names = ("field_procedure_request__consulted_service_ids", "model_procedure_request")
        self._migrate()
        for name in names:
            self.assertTrue(self.env.ref(f"procedure.{name}", raise_if_not_found=False), name)
        owners = self._get_owners("ir_model_relation", ["procedure_request_consulted_rel"])
        self.assertEqual(owners, {"procedure_request_consulted_rel": "procedure"})

    def test_the_part_that_is_no_model_any_more_goes(self):
        cr = self.env.cr
        cr.execute(
            """
            INSERT INTO ir_model (model, name, "order", state, info, transient)
                 VALUES (%s, '{"en_US": "Consultation on a request"}', 'id', 'base', '', false)
              RETURNING id
            """,
            (MIXIN,),
        )
        (model_id,) = cr.fetchone()
        cr.execute(
            """
            INSERT INTO ir_model_fields (model, model_id, name, field_description, ttype, state)
                 VALUES (%s, %s, 'display_name', '{"en_US": "Display Name"}', 'char', 'base')
              RETURNING id
            """,
            (MIXIN, model_id),
        )
        (field_id,) = cr.fetchone()
        cr.execute(
            """
            INSERT INTO ir_model_inherit (model_id, parent_id)
                 SELECT id, %s FROM ir_model WHERE model = 'procedure.request' RETURNING id
            """,
            (model_id,),
        )
        (inherit_id,) = cr.fetchone()
        cr.execute(
            """
            INSERT INTO ir_model_data (module, name, model, res_id)
                 VALUES ('procedure', 'model_procedure_request_opinion', 'ir.model', %s),
                        ('procedure', 'field_procedure_request_opinion__display_name',
                         'ir.model.fields', %s),
                        ('procedure', 'model_inherit__procedure_request__procedure_request_opinion',
                         'ir.model.inherit', %s)
            """,
            (model_id, field_id, inherit_id),
        )
        self._migrate()
        for query in (
            "SELECT FROM ir_model WHERE model = 'procedure.request.opinion'",
            "SELECT FROM ir_model_fields WHERE model = 'procedure.request.opinion'",
            "SELECT FROM ir_model_data WHERE name LIKE '%%procedure\\_request\\_opinion%%'",
            f"SELECT FROM ir_model_inherit WHERE parent_id = {model_id}",
        ):
            cr.execute(query.replace("%%", "%"))
            self.assertFalse(cr.fetchall(), query)

    def test_mails_and_the_job_stay_as_they_were(self):
        """Words that somebody changed, the next run: loading the addon makes new ones beside."""
        names = ("mail_opinion_asked", "mail_opinion_reminder", "ir_cron_opinion")
        self.env.registry.clear_cache()
        before = {name: self.env.ref(f"procedure.{name}") for name in names}
        _pre_init(self.env)
        made = {}
        for name, record in before.items():
            self.assertFalse(self.env.ref(f"procedure_opinion.{name}", raise_if_not_found=False))
            made[name] = record.copy()
            self.env["ir.model.data"].create(
                {
                    "module": "procedure_opinion",
                    "name": name,
                    "model": record._name,
                    "res_id": made[name].id,
                    "noupdate": True,
                }
            )
        _post_init(self.env)
        self.env.flush_all()
        for name, record in before.items():
            self.assertEqual(self.env.ref(f"procedure_opinion.{name}"), record)
            self.assertFalse(made[name].exists(), name)
        self.assertTrue(self.env.ref("procedure_opinion.ir_cron_opinion_ir_actions_server"))
