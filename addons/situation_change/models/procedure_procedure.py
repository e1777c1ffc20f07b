from odoo import api, fields, models
from odoo.fields import Domain

HOUSEHOLD, ORGANISATION = REPORTS = ("household_report", "organisation_report")
EVENT = "situation_event"


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    kind = fields.Selection(
        selection_add=[
            (HOUSEHOLD, "Change in a household"),
            (ORGANISATION, "Change in an organisation"),
        ],
        ondelete=dict.fromkeys(REPORTS, "set generic"),
    )

    @api.model
    def _get_required_keys(self, kind):
        keys = super()._get_required_keys(kind)
        if kind not in REPORTS:
            return keys
        keys = {**keys, EVENT: "selection"}
        for event in self.env["situation.events"]._get_events().values():
            # A form that was made before need not ask what the staff alone types.
            if kind in event.kinds and not event.is_by_staff:
                keys |= event.keys
        return keys

    def _get_publication_todo(self, version):
        """Who answers decides on the family file: a service that does not read it could not."""
        todo = super()._get_publication_todo(version)
        if self.kind == HOUSEHOLD:
            services_sudo = (self.service_id | self.local_service_ids).sudo()
            blind_sudo = services_sudo.filtered(lambda service: not service.reads_family_file)
            if blind_sudo:
                sentence = self.env._(
                    "%(services)s: a service that decides on changes of households reads the "
                    "family file. Tick it on the service, or choose another one.",
                    services=", ".join(blind_sudo.mapped("name")),
                )
                todo.append((sentence, "services"))
        return todo

    @api.model
    def _get_entered_domain(self, user):
        """Any service may be told of a move or a death: it is passed on to the one that decides
        (CRPA L114-2), as any request that came to the wrong one."""
        entered = super()._get_entered_domain(user)
        is_staff = user.has_groups(
            "territory_base.territory_group_agent,territory_base.territory_group_secretary"
        )
        if not is_staff or not user.sudo().territory_service_ids:
            return entered
        return entered | (Domain("state", "=", "published") & Domain("kind", "in", REPORTS))

    @api.model
    def _find_report(self, subject):
        """The procedure by which a change of this household or organisation is reported today, in
        superuser mode; nothing where the intercommunality has opened none."""
        kind = ORGANISATION if subject.sudo()._is_organisation() else HOUSEHOLD
        reports_sudo = self.sudo().search(
            Domain("kind", "=", kind) & Domain("state", "=", "published"), order="id"
        )
        return reports_sudo.filtered(lambda procedure: procedure._is_open())[:1]
