import segno

from odoo import api, models

from ..pages.blank_page import BlankPage


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    @api.model
    def _get_form_page_class(self, kind):
        return BlankPage if kind == "blank" else super()._get_form_page_class(kind)

    def action_print_blank(self):
        """The published form, to be filled in by hand."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/demarches/{self.slug}/formulaire.pdf",
            "target": "new",
        }

    def _get_blank_values(self):
        """What the paper says besides its questions. In superuser mode: all of it is public."""
        self.ensure_one()
        url = f"{self.get_base_url()}/demarches/{self.slug}"
        # As the letters of this service have it.
        draft = self.env["procedure.request"].new({"service_id": self.service_id.id})
        is_epci = not self.service_id or self.service_id.kind == "epci"
        company = self.env.company
        return {
            "organisation": is_epci and company.name,
            "logo": is_epci and company._get_document_logo(),
            "service_lines": draft._get_service_lines() if self.service_id else [],
            "url": url,
            "qr": segno.make(f"{url}/papier", error="m", micro=False).png_data_uri(
                scale=4, border=1
            ),
            "notice": self.processing_id._get_notice(),
        }
