import io

from freezegun import freeze_time
from PIL import Image, ImageDraw

from odoo import api, fields, models

from .. import people, streets
from .territory_demo_request import MODULE

SIZE = (960, 640)


class TerritoryDemoStreet(models.AbstractModel):
    """What visitors reported in the streets of a commune, without an account."""

    _name = "territory.demo.street"
    _description = "Street reports of the demo"

    @api.model
    def _build_streets(self):
        french = self.with_context(lang="fr_FR", tz="Europe/Paris")
        values = {"sequence": 630, "topic_id": self._topic("vie-locale").id}
        procedure = french._build_report(streets.TEMPLATE, "", values)
        procedure.with_user(self._get("user_responsable")).action_publish()
        for problem, code in streets.ROUTES:
            service = self.env["territory.service"].search([("code", "=", code)])
            self.env["street.report.route"].create({"problem": problem, "service_id": service.id})
        # Looked at by the clock of today.
        photo = french._check_photo()
        for answers, days, has_photo, act in streets.REPORTS:
            with freeze_time(fields.Datetime.subtract(fields.Datetime.now(), days=days)):
                french._build_street_report(answers, [photo] if has_photo else [], act)

    @api.model
    def _build_street_report(self, answers, photos, act):
        commune = self._commune(people.SECRETARY_COMMUNE)
        report = self._submit_as(
            self.env.ref("base.public_user"),
            f"{MODULE}.procedure_voirie_demo",
            False,
            commune,
            {"street_danger": "0", "street_commune": commune.insee_code, **answers},
            files={"street_photo": [dict(photo) for photo in photos]} if photos else {},
        )
        if not act:
            return
        report = report.with_user(self._get("user_secretaire"))
        report.action_take()
        report.write({"street_is_shown": True, "street_photo_id": report._get_street_photos().id})
        step = report.procedure_id.step_ids.filtered(lambda each: each.name == streets.STEP)
        report.step_id = step
        if act == "solved":
            report.action_accept(streets.SOLVED)

    @api.model
    def _check_photo(self):
        """A road and its hole, drawn: no place that exists."""
        image = Image.new("RGB", SIZE, "#9db7c4")
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 220, *SIZE), fill="#7d9a5b")
        draw.polygon([(400, 220), (560, 220), (860, 640), (100, 640)], fill="#6f6f6b")
        draw.polygon([(476, 220), (484, 220), (500, 640), (460, 640)], fill="#d9d9d2")
        draw.ellipse((560, 430, 720, 510), fill="#3b3630", outline="#8c8578", width=6)
        draw.ellipse((590, 450, 690, 490), fill="#5e7280")
        stream = io.BytesIO()
        image.save(stream, "JPEG")
        return self.env["public.guard"]._check_upload("rue.jpg", stream.getvalue())
