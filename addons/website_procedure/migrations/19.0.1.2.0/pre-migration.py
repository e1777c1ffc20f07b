"""The previous addresses of procedures go to the table of all pages (website_parts)."""


def migrate(cr, version):
    if not version:
        return
    cr.execute("SELECT to_regclass('website_procedure_slug')")
    if not cr.fetchone()[0]:
        return
    cr.execute(
        """
        INSERT INTO website_slug (slug, res_model, res_id, create_uid, create_date,
                                  write_uid, write_date)
             SELECT slug, 'procedure.procedure', procedure_id, create_uid, create_date,
                    write_uid, write_date
               FROM website_procedure_slug
        ON CONFLICT DO NOTHING
        """
    )
    cr.execute("DROP TABLE website_procedure_slug")
    # Odoo cannot take out by itself a model that no addon declares any more.
    cr.execute(
        """
        DELETE FROM ir_model_data
              WHERE (model = 'ir.model' AND res_id IN (
                        SELECT id FROM ir_model WHERE model = 'website.procedure.slug'))
                 OR (model = 'ir.model.fields' AND res_id IN (
                        SELECT id FROM ir_model_fields
                         WHERE model = 'website.procedure.slug'
                            OR relation = 'website.procedure.slug'))
                 OR (model = 'ir.model.access' AND res_id IN (
                        SELECT access.id FROM ir_model_access AS access
                          JOIN ir_model ON ir_model.id = access.model_id
                         WHERE ir_model.model = 'website.procedure.slug'))
        """
    )
    cr.execute("DELETE FROM ir_model_fields WHERE relation = 'website.procedure.slug'")
    cr.execute("DELETE FROM ir_model WHERE model = 'website.procedure.slug'")
