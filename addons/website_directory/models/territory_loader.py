import hashlib
import json

from odoo import models

from odoo.addons.territory_base.loader_columns import Column, File

# File of a territory: the source that its rows name by default.
SHEETS = {"associations": "associations", "companies": "companies"}
# Not of what people read: no proposal writes it.
FIXED = ("source", "external_id", "content_hash")


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
        if record and record.content_hash == values["content_hash"]:
            report["unchanged"] += 1
            return record
        is_online = values.pop("is_online", False)
        fixed = {name: values.pop(name) for name in FIXED if name in values}
        # Whether it is shown is the readers', once the sheet is there.
        values.pop("active", None)
        if not record:
            report["created"] += 1
            return self._create_sheet(
                {name: self._to_write(record, name, each) for name, each in values.items()},
                fixed,
                is_online,
            )
        confirmed = set(record.confirmed_fields or ())
        changes = {
            name: self._to_write(record, name, value)
            for name, value in values.items()
            if name not in confirmed and not self._same(record, name, value)
        }
        # A file forgot it, and this one has it again.
        is_back = bool(is_online and record.version and not record.content_hash)
        record.write(fixed)
        if is_back or (changes and record.version):
            record._publish_as(record.source, changes, is_back or record.is_online)
        elif changes:
            record.sudo()._as_publication()._apply_approval_values(changes)
        report["updated" if changes or is_back else "unchanged"] += 1
        return record

    def _create_sheet(self, values, fixed, is_online):
        """Online if the file says so; else it waits for somebody who proposes it."""
        Entry = self.env["directory.entry"]
        if is_online:
            return Entry._create_as(fixed["source"], values, fixed)
        entry_sudo = Entry.sudo()._as_publication().create({**fixed, **values})
        return entry_sudo.with_env(self.env)

    def _archive_gone(self, stem, file, written, report):
        """A file that forgets a place takes nothing from whoever keeps its sheet."""
        if file.model == "directory.entry":
            written |= written.search([("confirmed_fields", "!=", False)])
        return super()._archive_gone(stem, file, written, report)

    def _archive(self, records):
        if records._name != "directory.entry":
            return super()._archive(records)
        for entry in records.filtered("is_online"):
            entry._publish_as(entry.source, {}, is_online=False)
            entry.content_hash = False
