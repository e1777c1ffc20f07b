"""What applicants wrote last, and nobody answered: the mark of the new lists starts from it."""


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        UPDATE procedure_request request
        SET written_on = last_message.date
        FROM (
            SELECT DISTINCT ON (message.res_id)
                   message.res_id, message.date, message.message_type, message.author_id
            FROM mail_message message
            JOIN mail_message_subtype subtype ON subtype.id = message.subtype_id
            JOIN ir_model_data data ON data.model = 'mail.message.subtype'
                 AND data.res_id = subtype.id AND data.module = 'mail' AND data.name = 'mt_comment'
            WHERE message.model = 'procedure.request'
            ORDER BY message.res_id, message.id DESC
        ) last_message
        LEFT JOIN res_partner author ON author.id = last_message.author_id
        WHERE request.id = last_message.res_id
          AND last_message.message_type IN ('comment', 'email')
          AND (author.id IS NULL OR author.partner_share)
          AND request.state IN ('submitted', 'in_review', 'to_complete', 'waiting_list')
        """
    )
