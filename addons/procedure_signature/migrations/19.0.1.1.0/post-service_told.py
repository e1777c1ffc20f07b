"""The words of these mails are kept at an update: they named the service of the commune where one
parent lives to the other one."""


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        UPDATE mail_template
           SET body_html = replace(
                   body_html::text,
                   'object.request_id.service_id._get_name_said(',
                   'object._get_service_said('
               )::jsonb
         WHERE model = 'procedure.signature'
        """
    )
