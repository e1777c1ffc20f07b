import base64
import io

from PIL import Image

from odoo.addons.content_approval.tests.reading import accept
from odoo.addons.partner_household.tests.common import HouseholdCase


def picture(colour="red", size=(24, 16)):
    """The bytes of a small PNG."""
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return stream.getvalue()


class ContentCase(HouseholdCase):
    """A wash house of Valmont, owned by an association.

    The secretary works for the town hall of Valmont; Camille and Sacha act for the association,
    the stranger for nobody. `communication` reads everything, `other_agent` when nobody else can.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader, cls.fallback = cls.communication, cls.other_agent
        # Core's test users of the same initial share an address: two accounts of one person.
        for user in cls.agent | cls.other_agent | cls.secretary | cls.communication | cls.manager:
            user.email = f"{user.login}@exemple.test"
        Validator = cls.env["content.validator"]
        cls.row = Validator.create({"user_id": cls.reader.id})
        cls.fallback_row = Validator.create({"user_id": cls.fallback.id, "is_fallback": True})
        cls.association = cls.env["res.partner"].create(
            {"name": "Les Amis du Lavoir", "company_type": "company", "kind": "association"}
        )
        cls.secretary.territory_commune_ids = cls.commune
        for user in (cls.camille, cls.sacha):
            cls._let_act(user, cls.association)
        cls.topics = cls.env["territory.topic"].create(
            [{"name": "Eau", "code": "eau"}, {"name": "Fêtes", "code": "fetes"}]
        )
        cls.house = cls.env["wash.house"]._create_as(
            "data",
            {"name": "Lavoir du Moulin", "story": "Bâti en 1850, près du moulin.", "depth": 1.5},
            fixed={"commune_id": cls.commune.id, "owner_id": cls.association.id},
        )
        cls.type = cls.env["content.type"]._get_of("wash.house")

    @classmethod
    def _let_act(cls, user, organisation):
        delegate = cls.env["partner.delegate"]._ask(organisation, user.partner_id)
        delegate.write({"state": "active"})
        return delegate

    def _draft(self, user=None, **values):
        """A change of the wash house by a contributor (the secretary), with what she typed."""
        draft = self.house.with_user(user or self.secretary)._propose()
        if values:
            draft._change(values)
        return draft

    def _sent(self, user=None, **values):
        draft = self._draft(user, **(values or {"story": "Bâti en 1852, près du moulin."}))
        draft.action_submit()
        return draft

    def _published(self, user=None, **values):
        draft = self._sent(user, **values)
        accept(draft.with_user(self.reader))
        return draft

    def _as(self, revision, user):
        return revision.with_user(user)

    def _set_image(self, draft, **values):
        draft._change({"photo": picture(**values), "photo_alt": "Le lavoir"})

    def _live(self):
        """All that everybody reads."""
        house = self.house.sudo()
        house.invalidate_recordset()
        return house.read([*house._get_guarded_fields()]), house.hours_ids.read()

    def _photo(self):
        return base64.b64decode(self.house.sudo().photo or b"")
