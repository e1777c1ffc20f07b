def migrate(cr, version):
    """Letters that a step had made to be posted are taken for printed: nothing said it before."""
    cr.execute("UPDATE procedure_letter SET date_printed = date WHERE on_paper")
