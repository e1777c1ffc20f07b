from odoo import models

from odoo.addons.territory_base.loader_columns import Column, File
from odoo.addons.territory_base.models.territory_loader import DAYS

from ..tools.opening import HOLIDAY


class TerritoryLoader(models.AbstractModel):
    """Activities, their sites and the slots of these. Rules and seasons are set on screen."""

    _inherit = "territory.loader"

    def _get_files(self):
        ages = {"age_de": Column("age_from"), "age_a": Column("age_to")}
        days = {name: str(rank) for rank, name in enumerate(DAYS)}
        return {
            **super()._get_files(),
            "activities": File(
                "family.activity",
                {
                    "code": Column("code", required=True),
                    "nom": Column("name", required=True),
                    "nature": Column(
                        "kind",
                        required=True,
                        choices={
                            "cantine": "canteen",
                            "accueil_matin": "morning",
                            "accueil_soir": "evening",
                            "mercredi": "wednesday",
                            "vacances": "holiday",
                        },
                    ),
                    "ordre": Column("sequence"),
                    "service": Column("service_id"),
                    "tarif": Column("tariff"),
                    "lien_paiement": Column("payment_url"),
                    **ages,
                    "jours_minimum": Column("days_min"),
                    "consignes": Column("instructions"),
                },
                keys=("code",),
            ),
            "sites": File(
                "family.site",
                {
                    "code": Column("code", required=True),
                    "nom": Column("name", required=True),
                    "activite": Column("activity_id", required=True),
                    "service": Column("service_id"),
                    "commune": Column("commune_id"),
                    "rue": Column("street"),
                    "telephone": Column("phone"),
                    "ecoles": Column("school_ids"),
                    "places": Column("capacity", required=True),
                    "jours_minimum": Column("days_min"),
                    "ouvert_du": Column("date_start"),
                    "ouvert_au": Column("date_end"),
                    "consignes": Column("instructions"),
                },
                keys=("code",),
            ),
            "slots": File(
                "family.slot",
                {
                    "site": Column("site_id", required=True),
                    "jour": Column("day", required=True, choices={**days, "vacances": HOLIDAY}),
                    "nom": Column("name", required=True),
                    "de": Column("hour_from", required=True, check="hour"),
                    "a": Column("hour_to", required=True, check="hour"),
                    **ages,
                    "places": Column("capacity"),
                    "du": Column("date_start"),
                    "au": Column("date_end"),
                },
                keys=("site_id", "day", "name"),
            ),
        }
