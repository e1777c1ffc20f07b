"""Opinions go to an addon of their own (`procedure_opinion`): their names in the database follow.

Before anything is loaded, and whether that addon comes in this update or later: a name that stayed
here would have its model deleted at the end of the update, with the opinions.
"""

SOURCE, TARGET = "procedure", "procedure_opinion"
MIXIN = "procedure.request.opinion"
# Patterns of LIKE, for names of XML ids.
NAMES = [
    r"model\_procedure\_opinion",
    r"model\_procedure\_consult\_wizard",
    r"field\_procedure\_opinion\_\_%",
    r"field\_procedure\_consult\_wizard\_\_%",
    r"field\_procedure\_request\_\_opinion\_ids",
    r"field\_procedure\_request\_\_my\_opinion\_%",
    r"field\_procedure\_reason\_wizard\_\_opinion\_id",
    r"selection\_\_procedure\_opinion\_\_%",
    r"selection\_\_procedure\_reason\_wizard\_\_action\_\_%favourable",
    r"constraint\_procedure\_opinion\_%",
    r"procedure\_opinion\_access\_%",
    r"procedure\_opinion\_rule\_%",
    r"procedure\_consult\_wizard\_access\_%",
    r"procedure\_consult\_wizard\_view\_form",
    r"ir\_cron\_opinion%",
    r"mail\_opinion\_asked",
    r"mail\_opinion\_reminder",
]


def migrate(cr, version):
    cr.execute(
        "UPDATE ir_model_data SET module = %s WHERE module = %s AND name LIKE ANY(%s)",
        (TARGET, SOURCE, NAMES),
    )
    # What the database checks, and its tables of relations.
    for table in ("ir_model_constraint", "ir_model_relation"):
        cr.execute(
            f"""
            UPDATE {table} AS kept
               SET module = target.id
              FROM ir_module_module AS target, ir_module_module AS source, ir_model
             WHERE kept.module = source.id AND source.name = %s AND target.name = %s
               AND kept.model = ir_model.id
               AND (ir_model.model IN ('procedure.opinion', 'procedure.consult.wizard')
                    OR kept.name LIKE 'procedure\\_reason\\_wizard\\_opinion\\_%%')
            """,
            (SOURCE, TARGET),
        )
    _drop_mixin(cr)


def _drop_mixin(cr):
    """Odoo cannot take out by itself a model that no addon declares any more."""
    cr.execute(
        """
        DELETE FROM ir_model_data
              WHERE (model = 'ir.model' AND res_id IN (
                        SELECT id FROM ir_model WHERE model = %(mixin)s))
                 OR (model = 'ir.model.fields' AND res_id IN (
                        SELECT id FROM ir_model_fields WHERE model = %(mixin)s))
                 OR (model = 'ir.model.inherit' AND res_id IN (
                        SELECT inherit.id FROM ir_model_inherit AS inherit
                          JOIN ir_model ON ir_model.id IN (inherit.model_id, inherit.parent_id)
                         WHERE ir_model.model = %(mixin)s))
        """,
        {"mixin": MIXIN},
    )
    cr.execute(
        """
        DELETE FROM ir_model_inherit USING ir_model
              WHERE ir_model.id IN (model_id, parent_id) AND ir_model.model = %s
        """,
        (MIXIN,),
    )
    cr.execute("DELETE FROM ir_model_fields WHERE model = %s", (MIXIN,))
    cr.execute("DELETE FROM ir_model WHERE model = %s", (MIXIN,))
