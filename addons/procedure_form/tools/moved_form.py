"""What `procedure` declared before this addon did: run before it loads its own.

Loading then finds its rows under their new names and updates them; the columns, the constraints
and what people wrote stay.
"""

FORM_MODELS = (
    "procedure.field",
    "procedure.field.check",
    "procedure.field.condition",
    "procedure.field.option",
    "procedure.field.record",
    "procedure.field.summary",
    "procedure.field.types",
    "procedure.field.words",
    "procedure.procedure.publication",
    "procedure.version",
)
# Of a procedure, what this addon declares; the rest, about its requests, is that of `procedure`.
OWN_FIELDS = (
    "account_required",
    "active",
    "audience_ids",
    "code",
    "commune_ids",
    "contact_text",
    "description",
    "external_label",
    "external_url",
    "fee_text",
    "fee_url",
    "has_draft",
    "is_communal",
    "is_health",
    "is_open_to_all",
    "is_school_registration",
    "kind",
    "local_service_ids",
    "name",
    "processing_id",
    "proposal",
    "sequence",
    "service_id",
    "short_name",
    "slug",
    "state",
    "summary",
    "todo_html",
    "topic_id",
    "version_id",
    "version_ids",
)
# Declared with the filing rules before, by a model without table.
FROM_FILING = ("account_required", "commune_ids", "is_open_to_all")
OWN_CONSTRAINTS = (
    "procedure_local_service_rel_procedure_procedure_id_fkey",
    "procedure_local_service_rel_territory_service_id_fkey",
    "procedure_procedure_code_uniq",
    "procedure_procedure_create_uid_fkey",
    "procedure_procedure_processing_id_fkey",
    "procedure_procedure_service_id_fkey",
    "procedure_procedure_slug_uniq",
    "procedure_procedure_territory_audie_procedure_procedure_id_fkey",
    "procedure_procedure_territory_audien_territory_audience_id_fkey",
    "procedure_procedure_territory_commu_procedure_procedure_id_fkey",
    "procedure_procedure_territory_commune_territory_commune_id_fkey",
    "procedure_procedure_topic_id_fkey",
    "procedure_procedure_version_id_fkey",
    "procedure_procedure_write_uid_fkey",
)
OWN_TABLES = (
    "procedure_local_service_rel",
    "procedure_procedure_territory_audience_rel",
    "procedure_procedure_territory_commune_rel",
)
RECORDS = (
    "procedure_field_view_form",
    "procedure_procedure_action",
    "procedure_procedure_menu",
    "procedure_procedure_view_form",
    "procedure_procedure_view_list",
    "procedure_procedure_view_search",
    "procedure_todo",
    "procedure_version_view_form",
)
# Rows of the registry, and how each is found: (model of the row, query of its ids).
MOVED = (
    (
        "ir.model",
        "SELECT id FROM ir_model WHERE model IN %(models)s OR model = 'procedure.procedure'",
    ),
    (
        "ir.model.fields",
        """
        SELECT id FROM ir_model_fields
         WHERE model IN %(models)s OR (model = 'procedure.procedure' AND name IN %(fields)s)
        """,
    ),
    (
        "ir.model.fields.selection",
        """
        SELECT selection.id FROM ir_model_fields_selection AS selection
          JOIN ir_model_fields AS field ON field.id = selection.field_id
         WHERE field.model IN %(models)s
            OR (field.model = 'procedure.procedure' AND field.name IN %(fields)s)
        """,
    ),
    (
        "ir.model.inherit",
        """
        SELECT inherit.id FROM ir_model_inherit AS inherit
          JOIN ir_model AS child ON child.id = inherit.model_id
          JOIN ir_model AS parent ON parent.id = inherit.parent_id
         WHERE child.model IN %(models)s
            OR (child.model = 'procedure.procedure'
                AND parent.model IN ('mail.thread', 'procedure.procedure.publication'))
        """,
    ),
    (
        "ir.model.constraint",
        """
        SELECT checked.id FROM ir_model_constraint AS checked
          JOIN ir_model ON ir_model.id = checked.model
         WHERE ir_model.model IN %(models)s OR checked.name IN %(constraints)s
        """,
    ),
    (
        "ir.model.access",
        """
        SELECT access.id FROM ir_model_access AS access
          JOIN ir_model ON ir_model.id = access.model_id
         WHERE ir_model.model IN %(models)s OR ir_model.model = 'procedure.procedure'
        """,
    ),
    (
        "ir.rule",
        """
        SELECT rule.id FROM ir_rule AS rule JOIN ir_model ON ir_model.id = rule.model_id
         WHERE ir_model.model IN %(models)s OR ir_model.model = 'procedure.procedure'
        """,
    ),
)


def move_form(cr):
    params = {
        "models": FORM_MODELS,
        "fields": OWN_FIELDS,
        "constraints": OWN_CONSTRAINTS,
        "tables": OWN_TABLES,
        "records": RECORDS,
        "filing": FROM_FILING,
    }
    for model, found in MOVED:
        cr.execute(
            "UPDATE ir_model_data SET module = 'procedure_form'"
            f" WHERE module = 'procedure' AND model = %(model)s AND res_id IN ({found})",
            {**params, "model": model},
        )
    cr.execute(
        """
        UPDATE ir_model_data SET module = 'procedure_form'
         WHERE module = 'procedure' AND name IN %(records)s
        """,
        params,
    )
    cr.execute(
        """
        UPDATE ir_ui_view SET key = 'procedure_form.procedure_todo'
         WHERE key = 'procedure.procedure_todo'
        """
    )
    # By which addon each is declared: uninstalling that one drops it.
    cr.execute(
        """
        UPDATE ir_model_constraint AS checked SET module = form.id
          FROM ir_module_module AS form, ir_module_module AS before, ir_model
         WHERE form.name = 'procedure_form' AND before.name = 'procedure'
           AND checked.module = before.id AND ir_model.id = checked.model
           AND (ir_model.model IN %(models)s OR checked.name IN %(constraints)s)
        """,
        params,
    )
    cr.execute(
        """
        UPDATE ir_model_relation AS relation SET module = form.id
          FROM ir_module_module AS form, ir_module_module AS before
         WHERE form.name = 'procedure_form' AND before.name = 'procedure'
           AND relation.module = before.id AND relation.name IN %(tables)s
        """,
        params,
    )
    # Without a row, Odoo does not look for a table to drop.
    cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE module = 'procedure' AND model = 'ir.model.fields' AND res_id IN (
               SELECT id FROM ir_model_fields
                WHERE model = 'procedure.procedure.filing' AND name IN %(filing)s)
        """,
        params,
    )
    cr.execute(
        """
        DELETE FROM ir_model_fields
         WHERE model = 'procedure.procedure.filing' AND name IN %(filing)s
        """,
        params,
    )
