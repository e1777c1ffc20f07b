from odoo.addons.partner_household.tests.common import HouseholdCase
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure_template.tests.common import publish_template


class SituationCase(HouseholdCase):
    """The childhood service answers the reports of households and organisations; Camille lives
    with Robin and Lou, and acts for an association with Sacha."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.dpo_contact = "Déléguée d’essai, dpo@exemple.test"
        cls.family_agent.function = "Agente de l’enfance"
        cls.manager.function = "Directrice"
        cls.env["procedure.procedure"].search(
            [("kind", "in", ("household_report", "organisation_report"))]
        ).state = "suspended"
        cls.procedure = publish_template(cls.env, "situation_foyer", cls.other_service)
        cls.organisation_procedure = publish_template(
            cls.env, "situation_organisme", cls.other_service
        )
        cls.robin = cls._new_person("robin.test", "Robin", "Duchêne", "1985-01-20")
        cls.env["household.membership"].create(
            {"household_id": cls.household.id, "person_id": cls.robin.partner_id.id}
        )
        # They have lived there for long.
        (cls.household.member_ids | cls.sacha_household.member_ids).date_start = "2020-01-01"
        cls.household.occupancy_ids.date_start = "2020-01-01"
        cls.association = cls.env["res.partner"].create(
            {"name": "Foyer rural", "kind": "association", "rna": "W551000001"}
        )
        for user in cls.camille | cls.sacha:
            cls.env["partner.delegate"]._ask(cls.association, user.partner_id).action_accept()

    def _report(
        self, event, user=None, *, by=None, files=None, channel="web", until=None, **answers
    ):
        """What this resident reports; Camille by default, of her association when it is asked.

        :param by: the agent who enters it for her
        """
        user = user or self.camille
        events = self.env["situation.events"]
        is_household = bool(events._find("household_report", event)) and not answers.pop(
            "for_association", False
        )
        requests = self.env["procedure.request"].with_user(by or user)
        filing = Filing(
            procedure=self.procedure if is_household else self.organisation_procedure,
            answers={"situation_event": event, **answers},
            applicant=user.partner_id,
            acting_for=None if is_household else self.association,
            files=files or {},
            channel=channel,
            incomplete_until=until,
        )
        return requests._submit(filing).with_env(self.env)

    def _told(self, request):
        """The mails of a request, that wait to be sent."""
        domain = [("model", "=", request._name), ("res_id", "=", request.id)]
        return self.env["mail.mail"].search(domain)
