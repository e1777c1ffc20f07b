"""Following a request went to its own addon (website_procedure_request): what the database holds
of it changes hands before that addon is loaded, else the update would delete it."""

from odoo.addons.website_parts.tools.moved_views import move_views

SOURCE, TARGET = "website_procedure", "website_procedure_request"
VIEWS = (
    "decision_body",
    "follow",
    "followed_request",
    "login_follow",
    "lost_code",
    "message_files",
    "my_home_requests",
    "my_request",
    "my_requests",
    "procedure_procedure_view_form",
    "request_body",
    "request_cancel",
    "request_filters",
    "request_table",
)
# Models that the source no longer declares nor extends, with all that is theirs.
MODELS = ("procedure_decision", "procedure_document_line", "website_procedure_event")
FIELDS = (
    "field_procedure_procedure__shows_waiting_rank",
    "field_procedure_request__event_ids",
    "field_website_procedure_pending__answered_request_id",
    "field_website_procedure_pending__giver_id",
)
INDEX = "website_procedure_pending_one_answer"
# In ir_model_constraint, with that index: the foreign keys of these tables and columns.
CONSTRAINTS = (
    INDEX,
    "website_procedure_event_%",
    "website_procedure_pending_answered_request_id_fkey",
    "website_procedure_pending_giver_id_fkey",
)


def migrate(cr, version):
    if not version:
        return
    move_views(cr, SOURCE, TARGET, {name: name for name in VIEWS})
    names = [f"model_{model}" for model in MODELS]
    names += [*FIELDS, f"constraint_{INDEX}"]
    patterns = [f"field_{model}__%" for model in MODELS]
    patterns += ["website_procedure_event_access_%"]
    cr.execute(
        """
        UPDATE ir_model_data SET module = %s
         WHERE module = %s AND (name = ANY(%s) OR name LIKE ANY(%s))
        """,
        (TARGET, SOURCE, names, patterns),
    )
    cr.execute(
        """
        UPDATE ir_model_constraint AS known SET module = target.id
          FROM ir_module_module AS source, ir_module_module AS target
         WHERE source.name = %s AND target.name = %s AND known.module = source.id
           AND known.name LIKE ANY(%s)
        """,
        (SOURCE, TARGET, list(CONSTRAINTS)),
    )
