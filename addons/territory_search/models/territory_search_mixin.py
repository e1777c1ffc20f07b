from odoo import api, fields, models


class TerritorySearchMixin(models.AbstractModel):
    """A record that people may find: its model has one method, `_get_search_document()`.

    What it gives is stored beside the record, as any computed field: the ORM knows what it depends
    on, other records included. When it changes, its row of the index changes in the same
    transaction.
    """

    _name = "territory.search.mixin"
    _description = "Found by the search of the site"

    search_document = fields.Json(
        compute="_compute_search_document",
        store=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="What the search of the site knows of it.",
    )

    @api.depends()
    def _get_search_document(self):
        """Hook: what a visitor finds, in superuser mode; `@api.depends` names what it reads.

        :return: `SearchDocument`, or None for what is not public
        """
        self.ensure_one()
        return None

    @api.model
    def _get_search_depends(self):
        """What the hook depends on, of each addon that extends it."""
        hooks = (vars(parent).get("_get_search_document") for parent in type(self).mro())
        return sorted({name for hook in hooks for name in getattr(hook, "_depends", ())})

    @api.depends(lambda self: self._get_search_depends())
    def _compute_search_document(self):
        for record, document in zip(self, self._tell_documents(), strict=True):
            record.search_document = document

    def _tell_documents(self):
        for record in self.with_context(lang=self.env["territory.search.document"]._get_lang()):
            document = record._get_search_document()
            yield document and document.to_json()

    def _tell_again(self):
        """What raw SQL changed; the others are not written, and nobody who saves one is held up.

        :return: {id: document} of all of them
        """
        documents = dict(zip(self.ids, self._tell_documents(), strict=True))
        for record in self:
            if (record.search_document or None) != documents[record.id]:
                record.search_document = documents[record.id]
        return documents

    def _write_multi(self, vals_list):
        """Where what was computed is written: the row of the index goes with it."""
        result = super()._write_multi(vals_list)
        changed = {
            record_sudo.id: record_sudo.search_document
            for record_sudo, vals in zip(self.sudo(), vals_list, strict=True)
            if "search_document" in vals
        }
        if changed:
            self.env["territory.search.document"]._keep(self._name, changed)
        return result

    def unlink(self):
        ids = self.ids
        result = super().unlink()
        self.env["territory.search.document"]._keep(self._name, dict.fromkeys(ids))
        return result
