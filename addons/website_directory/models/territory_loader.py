import hashlib
import json

from odoo import models

from odoo.addons.territory_base.loader_columns import Column, File

# File of a territory: the source that its rows name by default.
SHEETS = {"associations": "associations", "companies": "companies"}


class TerritoryLoader(models.AbstractModel):
    """Associations and companies of a territory, as sheets of the directory.

    A row fills what nobody has confirmed: what an owner or the staff wrote stays.
    """

    _inherit = "territory.loader"

    def _get_files(self):
        columns = {
            "source": Column("source"),
            "identifiant": Column("external_id", required=True),
            "nom": Column("name", required=True),
            "activite": Column("activity"),
            "categorie": Column("category_id", required=True),
            "communes": Column("commune_ids"),
            "itinerant": Column("is_itinerant"),
            "rue": Column("street"),
            "latitude": Column("latitude"),
            "longitude": Column("longitude"),
            "telephone": Column("phone"),
            "courriel": Column("email"),
            "site": Column("url"),
            "resume": Column("summary"),
            "services": Column("facet_ids"),
            "mots_cles": Column("keywords"),
            "en_ligne": Column("is_online"),
        }
        files = super()._get_files()
        for name in SHEETS:
            files[name] = File("directory.entry", columns, keys=("source", "external_id"))
        return files

    def _read_associations(self, cells, line, row):
        return self._read_sheet("associations", row)

    def _read_companies(self, cells, line, row):
        return self._read_sheet("companies", row)

    def _read_sheet(self, stem, row):
        """Where it comes from, and a print of the row: the same row is not read twice."""
        content = json.dumps(sorted(row.items()), ensure_ascii=False)
        return {
            "source": row.get("source") or SHEETS[stem],
            "content_hash": hashlib.sha256(content.encode()).hexdigest(),
        }

    def _find_named(self, model, code):
        if model in ("directory.category", "directory.facet"):
            return self.env[model].search([("code", "=", code)], limit=1)
        return super()._find_named(model, code)

    def _write_row(self, record, values, report):
        if record._name != "directory.entry":
            return super()._write_row(record, values, report)
        record = record.with_context(directory_import=True)
        if record and record.content_hash == values["content_hash"]:
            report["unchanged"] += 1
            return record
        confirmed = set(record.confirmed_fields or ())
        kept = {name: value for name, value in values.items() if name not in confirmed}
        if record:
            # Whether it is shown is the staff's, once the sheet is there.
            kept = {name: kept[name] for name in kept if name not in ("is_online", "active")}
        return super()._write_row(record, kept, report)

    def _archive_gone(self, stem, file, written, report):
        """A file that forgets a place takes nothing from whoever keeps its sheet."""
        if file.model == "directory.entry":
            written |= written.search([("confirmed_fields", "!=", False)])
        return super()._archive_gone(stem, file, written, report)
