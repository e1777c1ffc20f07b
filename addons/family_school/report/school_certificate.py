from odoo import api, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.territory_base.dates import say_day


class SchoolCertificate(models.AbstractModel):
    """The certificate that the school head asks for before she admits a child: who, which school,
    which level, which year. Nothing of a parent: both may be given the same paper."""

    _name = "report.family_school.certificate"
    _description = "Certificate of registration"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Any account may ask for a report by its address: the staff that reads these pupils
        prints it."""
        pupils = self.env["school.pupil"].browse(docids)
        pupils.check_access("read")
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only the staff prints a certificate."))
        for pupil in pupils:
            if not pupil.certificate:
                raise UserError(
                    self.env._(
                        "%(name)s stays in the school: the certificate of the first year is the "
                        "one that counts.",
                        name=pupil.display_name,
                    )
                )
        return {"docs": pupils, "words": {pupil.id: self._get_words(pupil) for pupil in pupils}}

    def _get_words(self, pupil):
        company_sudo = self.env.company.sudo()
        issuer = pupil._get_issuer()
        town = (issuer or company_sudo).city
        day = say_day(self.env, pupil.date_registered, "d MMMM yyyy")
        return {
            "organisation": company_sudo.name,
            "logo": company_sudo._get_document_logo(),
            "service_lines": self._get_lines(issuer or company_sudo, company_sudo),
            "place_and_day": self.env._("%(place)s, %(day)s", place=town, day=day) if town else day,
            "born": say_day(self.env, pupil.birthdate, "d MMMM yyyy") if pupil.birthdate else "",
            "school_lines": self._get_lines(pupil.school_id, company_sudo),
        }

    def _get_lines(self, place, company_sudo):
        """Name and address of a service, which everybody reads; the name of the territory is above
        them already."""
        town = " ".join(filter(None, (place.zip, place.city)))
        name = False if place == company_sudo else place.name
        return [line for line in (name, place.street, town, place.phone) if line]
