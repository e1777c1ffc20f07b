"""What `procedure` declared before this addon did: run before it loads its own.

Loading then finds its rows under their new names and updates them; the columns, the constraints
and what people saved stay.
"""

MODELS = (
    "procedure.bulk.wizard",
    "procedure.completion.wizard",
    "procedure.completion.wizard.line",
    "procedure.document.date",
    "procedure.reason.wizard",
    "procedure.request.bulk",
    "procedure.request.desk",
    "procedure.request.entry",
    "procedure.request.figures",
    "procedure.request.incomplete",
    "procedure.request.review",
    "procedure.words.mixin",
)
# What this addon declares of models that stay where they were.
FIELDS = (
    "procedure.document.line.takes_date",
    "procedure.document.line.validity_text",
    "procedure.procedure.request_count",
    "procedure.request.answer_days",
    "procedure.request.anything",
    "procedure.request.contact_address",
    "procedure.request.desk_bands",
    "procedure.request.documents_label",
    "procedure.request.documents_tone",
    "procedure.request.due_label",
    "procedure.request.eligibility_html",
    "procedure.request.entered_by_id",
    "procedure.request.entered_incomplete",
    "procedure.request.entered_on",
    "procedure.request.household_label",
    "procedure.request.in_time_rate",
    "procedure.request.is_answered",
    "procedure.request.is_mine",
    "procedure.request.is_untaken",
    "procedure.request.lacking_label",
    "procedure.request.other_request_count",
    "procedure.request.received_label",
    "procedure.request.to_do",
    "procedure.request.to_do_tone",
    "procedure.request.waiting_count",
    "procedure.request.waiting_rank",
    "procedure.request.what",
    "procedure.request.who",
    "procedure.request.written_label",
    "procedure.request.written_on",
    "procedure.request.written_words",
)
CONSTRAINTS = ("procedure_request_entered_by_id_fkey",)
TEMPLATES = ("bulk_report", "bulk_rows", "eligibility")
RECORDS = (
    *TEMPLATES,
    "procedure_bulk_wizard_action",
    "procedure_bulk_wizard_view_form",
    "procedure_completion_wizard_view_form",
    "procedure_document_date_view_form",
    "procedure_menu_root",
    "procedure_procedure_view_list",
    "procedure_reason_wizard_view_form",
    "procedure_request_action",
    "procedure_request_action_figures",
    "procedure_request_action_late",
    "procedure_request_action_town_hall",
    "procedure_request_menu",
    "procedure_request_menu_figures",
    "procedure_request_menu_late",
    "procedure_request_menu_town_hall",
    "procedure_request_view_activity",
    "procedure_request_view_form",
    "procedure_request_view_graph",
    "procedure_request_view_kanban",
    "procedure_request_view_list",
    "procedure_request_view_pivot",
    "procedure_request_view_search",
)
# The address of this one is in mails that people keep: `/odoo/action-procedure.…`.
MAILED = "procedure_request_action"
# Rows of the registry, and how each is found: (model of the row, query of its ids).
MOVED = (
    ("ir.model", "SELECT id FROM ir_model WHERE model IN %(models)s"),
    (
        "ir.model.fields",
        """
        SELECT id FROM ir_model_fields
         WHERE model IN %(models)s OR model || '.' || name IN %(fields)s
        """,
    ),
    (
        "ir.model.fields.selection",
        """
        SELECT selection.id FROM ir_model_fields_selection AS selection
          JOIN ir_model_fields AS field ON field.id = selection.field_id
         WHERE field.model IN %(models)s OR field.model || '.' || field.name IN %(fields)s
        """,
    ),
    (
        "ir.model.inherit",
        """
        SELECT inherit.id FROM ir_model_inherit AS inherit
          JOIN ir_model AS child ON child.id = inherit.model_id
          JOIN ir_model AS parent ON parent.id = inherit.parent_id
         WHERE child.model IN %(models)s OR parent.model IN %(models)s
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
         WHERE ir_model.model IN %(models)s
        """,
    ),
)


def move_desk(cr):
    params = {
        "models": MODELS,
        "fields": FIELDS,
        "constraints": CONSTRAINTS,
        "records": RECORDS,
        "templates": tuple(f"procedure.{name}" for name in TEMPLATES),
        "mailed": MAILED,
    }
    for model, found in MOVED:
        cr.execute(
            "UPDATE ir_model_data SET module = 'procedure_desk'"
            f" WHERE module = 'procedure' AND model = %(model)s AND res_id IN ({found})",
            {**params, "model": model},
        )
    cr.execute(
        """
        UPDATE ir_model_data SET module = 'procedure_desk'
         WHERE module = 'procedure' AND name IN %(records)s AND NOT noupdate
        """,
        params,
    )
    cr.execute(
        """
        UPDATE ir_ui_view SET key = replace(key, 'procedure.', 'procedure_desk.')
         WHERE key IN %(templates)s
        """,
        params,
    )
    # Its previous name leads there too; an update deletes no row that says `noupdate`.
    cr.execute(
        """
        INSERT INTO ir_model_data (module, name, model, res_id, noupdate)
             SELECT 'procedure', name, model, res_id, true FROM ir_model_data
              WHERE module = 'procedure_desk' AND name = %(mailed)s
        ON CONFLICT (module, name) DO NOTHING
        """,
        params,
    )
    # By which addon each is declared: uninstalling that one drops it.
    cr.execute(
        """
        UPDATE ir_model_constraint AS checked SET module = desk.id
          FROM ir_module_module AS desk, ir_module_module AS before, ir_model
         WHERE desk.name = 'procedure_desk' AND before.name = 'procedure'
           AND checked.module = before.id AND ir_model.id = checked.model
           AND (ir_model.model IN %(models)s OR checked.name IN %(constraints)s)
        """,
        params,
    )
    cr.execute(
        """
        UPDATE ir_model_relation AS relation SET module = desk.id
          FROM ir_module_module AS desk, ir_module_module AS before, ir_model
         WHERE desk.name = 'procedure_desk' AND before.name = 'procedure'
           AND relation.module = before.id AND ir_model.id = relation.model
           AND ir_model.model IN %(models)s
        """,
        params,
    )
