from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.slip import LONGEST
from .territory_search import split

# PostgreSQL's weights of the four texts, best first.
LETTERS = "ABCD"
# Of the text of a page, what is searched: its beginning says what it is about.
SEARCHED_SIZE = 1000
LANG = "fr_FR"
REBUILT = 500


class TerritorySearchDocument(models.Model):
    """The index: one row for each thing that is public, whatever its model.

    Written by `territory.search.mixin`, read by `territory.search.index`, both in SQL: what is
    indexed are stems with the weight of the text that has them, in a `tsvector`.
    """

    _name = "territory.search.document"
    _description = "What is found on the site"
    _order = "name, id"
    _log_access = False

    res_model = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    kind = fields.Selection(
        [
            ("procedure", "Procedures"),
            ("online", "Online services"),
            ("sheet", "Directory"),
            ("commune", "Villages"),
            ("page", "Pages of the villages"),
            ("service", "Whom to call"),
            ("event", "Events"),
            ("notice", "News"),
            ("document", "Documents"),
        ],
        required=True,
    )
    name = fields.Char(required=True)
    url = fields.Char()
    label = fields.Char()
    summary = fields.Char()
    phone = fields.Char()
    topic_id = fields.Integer(index="btree_not_null")

    _source_uniq = models.Constraint("UNIQUE(res_model, res_id)", "It is in the index already.")

    def _auto_init(self):
        """Columns that the ORM has no type for."""
        result = super()._auto_init()
        self.env.cr.execute(
            """
            ALTER TABLE territory_search_document
            ADD COLUMN IF NOT EXISTS commune_ids int[] NOT NULL DEFAULT '{}',
            ADD COLUMN IF NOT EXISTS audience_ids int[] NOT NULL DEFAULT '{}',
            ADD COLUMN IF NOT EXISTS search_vector tsvector NOT NULL DEFAULT '';
            -- A row is read for each word of each search: kept whole, neither apart nor compressed.
            ALTER TABLE territory_search_document SET (toast_tuple_target = 8160);
            CREATE INDEX IF NOT EXISTS territory_search_document_search_vector_idx
            ON territory_search_document USING gin (search_vector);
            -- What waits to be put in the index would be read whole by each search.
            ALTER INDEX territory_search_document_search_vector_idx SET (fastupdate = off)
            """
        )
        return result

    def _get_address(self):
        """Its page, else whom to call."""
        self.ensure_one()
        return self.url or f"tel:{(self.phone or '').replace(' ', '')}"

    @api.model
    def _get_lang(self):
        """That of the stems: each document is told once, in French."""
        installed = dict(self.env["res.lang"].get_installed())
        return LANG if LANG in installed else self.env.lang

    @api.model
    def _keep(self, model, documents):
        """Write the rows of these records.

        :param documents: {id: what `SearchDocument.to_json()` gives; empty: not public}
        """
        told = {res_id: document for res_id, document in documents.items() if document}
        gone = [res_id for res_id in documents if res_id not in told]
        if gone:
            self.env.execute_query(
                SQL(
                    "DELETE FROM territory_search_document"
                    " WHERE res_model = %s AND res_id = ANY(%s)",
                    model,
                    gone,
                )
            )
        if told:
            self._write_rows(model, told)
        self.invalidate_model()

    @api.model
    def _write_rows(self, model, documents):
        texts = {res_id: self._split_texts(each) for res_id, each in documents.items()}
        words = {word for parts in texts.values() for part in parts for word in part}
        stems = self.env["territory.search"]._get_stems(words)
        self.env["territory.search.word"]._learn(stems)
        for res_id, document in sorted(documents.items()):
            values = {
                "res_model": model,
                "res_id": res_id,
                **{name: document[name] for name in ("kind", "name")},
                **{name: document[name] or None for name in ("url", "label", "summary", "phone")},
                "topic_id": document["topic_id"] or None,
                "commune_ids": list(document["commune_ids"]),
                "audience_ids": list(document["audience_ids"]),
                "search_vector": self._make_vector(texts[res_id], stems),
            }
            names = [SQL.identifier(name) for name in values]
            self.env.execute_query(
                SQL(
                    "INSERT INTO territory_search_document (%s) VALUES %s"
                    " ON CONFLICT (res_model, res_id) DO UPDATE SET %s",
                    SQL(", ").join(names),
                    tuple(values.values()),
                    SQL(", ").join(SQL("%s = EXCLUDED.%s", name, name) for name in names),
                )
            )

    @api.model
    def _split_texts(self, document):
        """The words of the title, the keywords, the summary and the rest."""
        texts = [document[name] for name in ("name", "keywords", "summary", "text")]
        texts[-1] = texts[-1][:SEARCHED_SIZE]
        return [[word for word in split(text) if len(word) <= LONGEST] for text in texts]

    @api.model
    def _make_vector(self, parts, stems):
        """Each stem once, with the letter of the best text that has it."""
        weighted = {}
        for letter, part in zip(LETTERS, parts, strict=True):
            for word in part:
                if stems.get(word):
                    weighted.setdefault(stems[word], letter)
        return " ".join(f"'{stem}':1{letter}" for stem, letter in sorted(weighted.items()))

    # ------------------------------------------------------------
    # Every night
    # ------------------------------------------------------------

    @api.model
    def _get_sources(self):
        """Names of the models that have the mixin."""
        registry = self.env.registry
        mixin = registry["territory.search.mixin"]
        return sorted(
            name
            for name, model in registry.items()
            if issubclass(model, mixin) and not model._abstract
        )

    @api.model
    def _rebuild(self):
        """Write the whole index again: what raw SQL or a cascade changed was not seen."""
        sources = self._get_sources()
        self.env.execute_query(
            SQL(
                "DELETE FROM territory_search_document WHERE res_model != ALL(%s)",
                sources,
            )
        )
        for name in sources:
            Model_sudo = self.env[name].sudo().with_context(active_test=False)
            ids = Model_sudo.search(Domain.TRUE, order="id").ids
            self._forget_others(name, ids)
            for start in range(0, len(ids), REBUILT):
                records_sudo = Model_sudo.browse(ids[start : start + REBUILT])
                self._keep(name, records_sudo._tell_again())
                records_sudo.env.flush_all()
                records_sudo.invalidate_recordset()
        self.env["territory.search.word"]._forget_unused()
        self.env["territory.search.word"]._count_documents()

    @api.model
    def _forget_others(self, model, ids):
        self.env.execute_query(
            SQL(
                "DELETE FROM territory_search_document WHERE res_model = %s AND res_id != ALL(%s)",
                model,
                ids,
            )
        )
