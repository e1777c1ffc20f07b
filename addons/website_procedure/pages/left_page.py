from .form_page import FormPage


class LeftPage(FormPage):
    """The form of an account whose session has ended: kept as she sees it, shown to nobody."""

    def __init__(self, procedure_sudo, visit, partner_id):
        super().__init__(procedure_sudo, visit)
        # In superuser mode: the signed mark of her page is the check. Her draft is not touched.
        self.partner = self.env["res.partner"].sudo().browse(partner_id)
