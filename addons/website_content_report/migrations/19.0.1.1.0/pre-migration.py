def migrate(cr, version):
    """The mail of an answer holds no word of whoever gave it: made anew, in each language."""
    cr.execute(
        """
        WITH gone AS (
            DELETE FROM ir_model_data
            WHERE module = 'website_content_report' AND name = 'mail_answered'
            RETURNING res_id
        )
        DELETE FROM mail_template WHERE id IN (SELECT res_id FROM gone)
        """
    )
