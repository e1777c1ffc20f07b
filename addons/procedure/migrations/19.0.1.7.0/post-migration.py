from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Each decision keeps the day promised; of those taken again, only the last is known."""
    cr.execute("""
        UPDATE procedure_decision decision SET date_due = request.date_due
          FROM procedure_request request
         WHERE request.id = decision.request_id AND decision.active
    """)
    requests = api.Environment(cr, SUPERUSER_ID, {})["procedure.request"].search(
        [("decision_ids", "!=", False)]
    )
    for name in ("is_answered", "answer_days", "in_time_rate"):
        requests.env.add_to_compute(requests._fields[name], requests)
