from datetime import UTC, timedelta
from functools import partial

from odoo import api, fields, models
from odoo.tools import SQL, ormcache
from odoo.tools.sql import table_exists

from odoo.addons.territory_base import clock

from ..tools.store import Drawing, Store

DRAWING = "website_page_cache.drawing"
NOTED = "website_page_cache.noted"


class WebsitePageCache(models.AbstractModel):
    """Which pages are kept, and until when; `ir.http` answers with them."""

    _name = "website.page.cache"
    _description = "Cache of public pages"

    @api.model
    def _get_shown_models(self):
        """Hook: names of the models whose records public pages show.

        Any change of one of their records empties the cache on all workers. What is kept by the
        registry (views, parameters, languages, rights) needs no name: its change does so too.
        """
        return {
            "res.company",
            "res.partner",
            "territory.audience",
            "territory.commune",
            "territory.commune.former",
            "territory.opening",
            "territory.service",
            "territory.topic",
            "website",
            "website.menu",
        }

    @api.model
    def _filter_shown(self, records):
        """Hook: those of a shown model that a page may show.

        Called for each change: it reads what is in the registry's cache at most.
        """
        if records._name == "res.partner":
            companies = self._get_company_partners()
            return records.filtered(lambda partner: partner.id in companies)
        return records

    @api.model
    def _end_at(self, moment):
        """The page being drawn is true until then: opening hours, a week-end, a date.

        :param moment: datetime in UTC, as Odoo keeps it, or with its zone; nothing: no limit.
        """
        drawing = self.env.cr.cache.get(DRAWING)
        if drawing and moment:
            if moment.tzinfo:
                moment = moment.astimezone(UTC).replace(tzinfo=None)
            drawing.end = min(drawing.end, moment)

    @api.model
    def _keep_private(self):
        """The page being drawn says something of its reader: it is kept for nobody."""
        drawing = self.env.cr.cache.get(DRAWING)
        if drawing:
            drawing.is_private = True

    @api.model
    def _begin_drawing(self):
        """What is true today may be false tomorrow: a page lives until midnight at most."""
        now = fields.Datetime.now()
        midnight = clock.end_of_day(clock.local_day(now)) + timedelta(seconds=1)
        drawing = Drawing(begin=now, end=midnight)
        self.env.cr.cache[DRAWING] = drawing
        return drawing

    @api.model
    def _end_drawing(self):
        self.env.cr.cache.pop(DRAWING, None)

    @api.model
    def _note_change(self, records):
        is_shown = records._name in self._get_shown_names()
        # A record that is only tried has no number yet.
        if is_shown and any(records._ids) and self._filter_shown(records):
            self._empty()

    @api.model
    def _empty(self):
        """Pages drawn before this transaction are shown to nobody once it is committed."""
        precommit = self.env.cr.precommit
        if not precommit.data.get(NOTED):
            precommit.data[NOTED] = True
            precommit.add(partial(self._record_change))

    @api.model
    def _record_change(self):
        Change_sudo = self.env["website.page.change"].sudo()
        # Not while this addon is being uninstalled.
        if table_exists(self.env.cr, Change_sudo._table):
            Change_sudo.create([{}])

    @api.model
    def _get_version(self):
        """What must be equal for a page to be shown again: what this transaction sees of the
        changes, and what this worker was told of the registry's caches.

        Numbers only grow and rows go after two days, pages at midnight: another set of rows has
        another size or another sum, in whatever order transactions end.
        """
        changes = self.env.execute_query(SQL("SELECT count(*), sum(id) FROM website_page_change"))
        return (*changes[0], *self.pool.cache_sequences.values())

    @api.model
    @ormcache(cache="templates.cached_values")
    def _get_store(self):
        """The pages of this worker; gone each time that any cache of the registry is emptied."""
        return Store()

    @api.model
    @ormcache(cache="stable")
    def _get_shown_names(self):
        return frozenset(self._get_shown_models())

    @api.model
    @ormcache()
    def _get_company_partners(self):
        Company_sudo = self.env["res.company"].sudo().with_context(active_test=False)
        return frozenset(Company_sudo.search_fetch([], ["partner_id"]).partner_id.ids)
