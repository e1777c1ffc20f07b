import hashlib

from odoo.addons.family_file.tests.common import FamilyCase


def upload(content=b"photo", name="assurance.jpg"):
    """As `public.guard._check_upload` returns it."""
    return {
        "name": name,
        "mimetype": "image/jpeg",
        "content": content,
        "size": len(content),
        "pages": 1,
        "sha256": hashlib.sha256(content).hexdigest(),
        "thumbnail": b"",
    }


class DocumentCase(FamilyCase):
    """Camille and Sacha, separated, parents of Lou; Zoé is Camille's alone; the childhood service
    asks the insurance of the year for every child."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Document = cls.env["family.document"]
        cls.zoe = cls._declare_as(cls.camille, "Zoé", "Duchêne", "2020-05-04")
        cls.zoe.authority_ids.date_start = "2026-01-01"
        cls.env["family.document.kind"].search([]).active = False
        cls.insurance = cls._kind("Assurance scolaire", need="all")

    @classmethod
    def _kind(cls, name, **values):
        return cls.env["family.document.kind"].create(
            {
                "name": name,
                "code": f"test_{name.lower()}".replace(" ", "_"),
                "service_id": cls.other_service.id,
                **values,
            }
        )

    @classmethod
    def give(cls, user, kind=None, children=None, content=b"photo", **values):
        kind = (kind or cls.insurance).with_user(user)
        children = cls.child if children is None else children
        rows = cls.Document.with_user(user)._give(
            user.partner_id.with_user(user),
            kind,
            children.with_user(user),
            upload(content),
            **values,
        )
        return rows.with_env(cls.env)

    @classmethod
    def lacks(cls, children, user=None):
        """{first name, empty for the parent: [(paper, last day)]}"""
        parent = user and user.partner_id
        found = cls.Document._find_lacks(children, parent)
        return {
            child.firstname or "": [(lack.kind.name, str(lack.date_end or "")) for lack in told]
            for child, told in found.items()
        }
