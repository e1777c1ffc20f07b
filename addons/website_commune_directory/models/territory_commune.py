from itertools import chain, zip_longest

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.website_commune.blocks import Block
from odoo.addons.website_directory.filters import Filters

# Of each kind in turn: a page shows some, the directory shows all.
SHOWN = 6
# Among so many first ones: a town has hundreds.
READ = 200


class TerritoryCommune(models.Model):
    _inherit = "territory.commune"

    @api.model
    def _get_block_types(self):
        title = self.env._("Associations, shops, services")
        block = Block(title, "annuaire", "website_commune_directory.block_directory", 100)
        return super()._get_block_types() | {"directory": block}

    def _prepare_directory_block(self):
        """A few sheets of the directory, of each kind in turn; the way to all of them."""
        Entry_sudo = self.env["directory.entry"].sudo()
        domain = Domain(Entry_sudo._get_public_domain())
        domain &= Domain("commune_ids", "in", self._origin.ids)
        # The town hall has a block of its own.
        domain &= Domain("category_id.code", "!=", "mairie")
        entries_sudo = Entry_sudo.search(domain, limit=READ)
        if not entries_sudo:
            return {}
        count = len(entries_sudo)
        if count == READ:
            count = Entry_sudo.search_count(domain)
        return {
            "entries": self._choose_entries(entries_sudo),
            "more_url": Filters(commune=self.slug).get_url(),
            "more_label": self.env._("All %(count)s sheets", count=count)
            if count > 1
            else self.env._("In the directory"),
        }

    @api.model
    def _choose_entries(self, entries_sudo):
        """One of each wide category, then a second one of each, and so on."""
        kinds = {}
        for entry_sudo in entries_sudo:
            root = entry_sudo.category_id.parent_path.split("/")[0]
            kinds.setdefault(root, []).append(entry_sudo.id)
        turns = chain.from_iterable(zip_longest(*kinds.values()))
        return entries_sudo.browse(list(filter(None, turns))[:SHOWN])
