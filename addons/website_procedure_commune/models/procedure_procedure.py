from odoo import api, models

from odoo.addons.procedure_commune.models.procedure_commune import CLOSED, DIRECT, ONLINE

from ..pages.commune_page import CommunePage


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    def _get_form_page_parts(self):
        return [CommunePage, *super()._get_form_page_parts()]

    def _tell_elsewhere(self, commune):
        """What this commune says of it, but for "online": another reason keeps its people out."""
        is_said = self._is_said_by_communes() and commune in self._get_said_communes()
        if commune and is_said and self._get_way_in(commune) != ONLINE:
            return self._tell_refusal(commune)
        return super()._tell_elsewhere(commune)

    def _get_commune_url(self, commune):
        """Where one reads what applies there: its own address, which may be given on paper."""
        return f"/demarches/{self.slug}/commune/{commune.slug}"

    def _get_commune_title(self, commune):
        """Of what this commune says of it."""
        return self.env._("%(commune)s: good to know", commune=commune.name)

    def _get_url_in(self, commune):
        """From a page of this commune."""
        return self._get_commune_url(commune) if self.is_communal else f"/demarches/{self.slug}"

    def _get_communes_by_way(self):
        """What its page says of each commune: [(title, [(name, address)])], without the empty."""
        self.ensure_one()
        if not self._is_said_by_communes():
            return []
        groups = {ONLINE: [], DIRECT: [], CLOSED: []}
        for commune in self._get_said_communes():
            row = (commune.name, self._get_commune_url(commune))
            groups[self._get_way_in(commune)].append(row)
        titles = {
            ONLINE: self.env._("Online"),
            DIRECT: self.env._("By phone or at the desk"),
            CLOSED: self.env._("Not online: call the town hall"),
        }
        return [(titles[way], rows) for way, rows in groups.items() if rows]

    def _get_commune_tag(self, commune):
        """In the list of procedures: whether it is online in this commune, or in how many."""
        self.ensure_one()
        if not self._is_said_by_communes():
            return ""
        if not commune:
            count = len(self._get_concerned_communes())
            if not count:
                return self.env._("Ask your town hall")
            if count == 1:
                return self.env._("Online in one commune")
            return self.env._("Online in %(count)s communes", count=count)
        words = {
            ONLINE: self.env._("%(commune)s: online", commune=commune.name),
            DIRECT: self.env._("%(commune)s: by phone or at the desk", commune=commune.name),
            CLOSED: self.env._("%(commune)s: not online", commune=commune.name),
        }
        return words[self._get_way_in(commune)]

    @api.depends(
        "is_communal",
        "is_opened_by_communes",
        "commune_row_ids.mode",
        "commune_row_ids.commune_id",
        "commune_row_ids.date_open",
        "commune_row_ids.date_close",
    )
    def _get_search_document(self):
        """Found in the communes where it can be asked, online or not."""
        document = super()._get_search_document()
        if not document or not self._is_said_by_communes():
            return document
        communes = self._get_said_communes().filtered(
            lambda commune: self._get_way_in(commune) != CLOSED
        )
        return document._replace(commune_ids=communes.ids) if communes else document
