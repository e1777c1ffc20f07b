from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        """The site bears the authority's name until somebody gives it another one."""
        if "name" not in vals:
            return super().write(vals)
        names = {company: (company.name, "My Website") for company in self}
        result = super().write(vals)
        for company, former in names.items():
            websites_sudo = self.env["website"].sudo().search([("company_id", "=", company.id)])
            for website_sudo in websites_sudo:
                if website_sudo.name in former:
                    website_sudo.name = vals["name"]
        return result
