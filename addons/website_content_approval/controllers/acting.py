"""In whose name one contributes: associations and companies, town halls, oneself."""

from odoo.fields import Domain
from odoo.http import request


class Acting:
    """One of the names in which the signed-in person contributes."""

    def __init__(self, key, name, organisation_sudo, hall_sudo):
        self.key, self.name = key, name
        self.organisation_sudo, self.hall_sudo = organisation_sudo, hall_sudo

    @property
    def revision_domain(self):
        if self.organisation_sudo:
            return Domain("organisation_id", "=", self.organisation_sudo.id)
        if self.hall_sudo:
            return Domain("service_id", "=", self.hall_sudo.id)
        return (
            Domain("organisation_id", "=", False)
            & Domain("service_id", "=", False)
            & Domain("author_id", "=", request.env.uid)
        )

    @property
    def communes_sudo(self):
        if self.organisation_sudo:
            return self.organisation_sudo.commune_id
        return self.hall_sudo.commune_ids

    def list_communes(self):
        """Those among which a new page chooses its own, in superuser mode."""
        if self.communes_sudo:
            return self.communes_sudo
        if self.organisation_sudo or request.env.user._is_content_staff():
            return request.env["territory.commune"].sudo().search([])
        return self.communes_sudo

    def list_people(self):
        """(name, role, whether it is her) of those who publish in this name."""
        me = request.env.user
        if self.organisation_sudo:
            Delegate_sudo = request.env["partner.delegate"].sudo()
            domain = Delegate_sudo._active_domain()
            domain &= Domain("organisation_id", "=", self.organisation_sudo.id)
            return [
                (row_sudo.person_id.name, row_sudo.role or "", row_sudo.person_id == me.partner_id)
                for row_sudo in Delegate_sudo.search(domain)
            ]
        users_sudo = self.hall_sudo.user_ids.filtered("active")
        return [(user_sudo.name, "", user_sudo == me) for user_sudo in users_sudo]


def list_acting():
    """Those of the signed-in person; herself where she has none, or a change of her own."""
    user = request.env.user
    none = request.env["territory.service"].sudo(), request.env["res.partner"].sudo()
    acting = [
        Acting(f"o{organisation_sudo.id}", organisation_sudo.name, organisation_sudo, none[0])
        for organisation_sudo in user._get_organisations()
    ]
    acting += [
        Acting(f"s{hall_sudo.id}", hall_sudo.name, none[1], hall_sudo)
        for hall_sudo in user._get_town_halls()
    ]
    own = Acting("moi", user.name, none[1], none[0])
    is_own = not acting or user._is_content_staff()
    if is_own or request.env["content.revision"].sudo().search_count(
        own.revision_domain & Domain("state", "in", ("draft", "submitted", "changes_asked")),
        limit=1,
    ):
        acting.append(own)
    return acting


def choose_acting(key):
    acting = list_acting()
    return next((each for each in acting if each.key == key), acting[0]), acting


def is_contributor():
    """Whether the space of this person leads to her contributions."""
    user = request.env.user
    if user._get_organisations() or user._get_town_halls() or user._is_content_staff():
        return True
    domain = Domain("author_id", "=", user.id)
    return bool(request.env["content.revision"].sudo().search_count(domain, limit=1))


def list_to_read():
    """What waits to be read by this person, the most urgent first, in superuser mode."""
    user = request.env.user
    if not user._is_internal():
        return request.env["content.revision"].sudo()
    revisions_sudo = (
        request.env["content.revision"]
        .sudo()
        .search([("is_mine_to_read", "=", True)], order="date_submitted, id")
    )
    return revisions_sudo.sorted(lambda each: not each.is_urgent)
