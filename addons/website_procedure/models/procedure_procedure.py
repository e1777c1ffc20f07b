from datetime import date
from math import ceil
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext, ormcache

from odoo.addons.territory_base import clock
from odoo.addons.territory_search.document import SearchDocument
from odoo.addons.territory_search.models.territory_search import plain

from ..pages.form_page import FormPage
from ..pages.left_page import LeftPage
from ..pages.preview_page import PreviewPage
from ..pages.saving_page import SavingPage
from ..pages.upload_page import UploadPage

MIN_DECISIONS = 10


class UsualDelay(NamedTuple):
    """Whole days from sending to the first answer, for half and for 8 out of 10 requests."""

    median: int
    most: int


class ProcedureProcedure(models.Model):
    _name = "procedure.procedure"
    _inherit = ["procedure.procedure", "website.slug.mixin", "territory.search.mixin"]

    keywords = fields.Char(translate=True, help="Other words that people search for.")

    @api.model
    def _get_public_domain(self):
        return Domain("state", "=", "published")

    def _make_form_page(self, visit, *args, kind="form", **kwargs):
        """The page of the form of this procedure: what it asks, keeps and refuses.

        In superuser mode, once it is checked that the procedure may be seen; what the page reads
        of persons and records, it reads by `visit.env`.

        :param visit: `website_parts.tools.web.Visit`
        :param kind: what the page is made for, see `_get_form_page_class`
        :return: an object of that class, with the parts of `_get_form_page_parts` before it
        """
        self.ensure_one()
        page_class = self._get_form_page_class(kind)
        parts = self._get_form_page_parts()
        if parts:
            page_class = type(page_class.__name__, (*parts, page_class), {})
        return page_class(self, visit, *args, **kwargs)

    @api.model
    def _get_form_page_class(self, kind):
        """Hook: the class for this kind of page. An addon that shows forms otherwise adds a kind.

        :param kind: `form`, `upload` (one file), `saving` (as it is typed), `left` (its session
            ended), `preview`
        """
        return {
            "form": FormPage,
            "left": LeftPage,
            "preview": PreviewPage,
            "saving": SavingPage,
            "upload": UploadPage,
        }[kind]

    def _get_form_page_parts(self):
        """Hook: classes put before the page of every kind, whose methods call `super()`.

        A service addon returns `[OwnPart, *super()._get_form_page_parts()]` for its own kind of
        procedure; it may extend any method of `FormPage` (`_prepare_sections`, `_prepare_field`,
        `get_lookups`…). In superuser mode; called for each page.
        """
        self.ensure_one()
        return []

    def _get_closed_notice(self):
        """Hook: what its page says while it takes no request, besides its dates.

        In superuser mode.
        :return: (sentence, (address, words) of a link), or None
        """
        self.ensure_one()
        return None

    def _tell_elsewhere(self, commune):
        """Hook: why the people of this commune cannot ask, in whole sentences; empty: it does not
        concern them.

        In superuser mode.
        """
        self.ensure_one()
        return ""

    def _get_paper_path(self, user):
        """Where the QR of the printed form leads this user. Extended by the counter."""
        self.ensure_one()
        return f"/demarches/{self.slug}"

    @api.model
    def _get_catalogue(self, topic="", audience=""):
        """Return the procedures shown to everybody, in the order of their topics."""
        procedures = self.search(self._get_public_domain())
        if topic:
            procedures = procedures.filtered(lambda procedure: procedure.topic_id.code == topic)
        if audience:
            procedures = procedures.filtered(
                lambda procedure: (
                    not procedure.audience_ids or audience in procedure.audience_ids.mapped("code")
                )
            )
        return procedures.sorted(
            lambda procedure: (
                not procedure.topic_id,
                procedure.topic_id.sequence,
                procedure.topic_id.id,
                procedure.name,
            )
        )

    def _get_search_texts(self):
        """Title, keywords, summary, topic: what `territory.search` reads."""
        self.ensure_one()
        keywords = " ".join(filter(None, [self.keywords, self.external_label]))
        return self.name, keywords, self.summary, self.topic_id.name

    @api.depends(
        "active",
        "state",
        "name",
        "slug",
        "keywords",
        "external_label",
        "summary",
        "description",
        "topic_id.name",
        "commune_ids",
        "audience_ids",
    )
    def _get_search_document(self):
        self.ensure_one()
        if not (self.active and self.filtered_domain(self._get_public_domain())):
            return super()._get_search_document()
        name, keywords, summary, topic = self._get_search_texts()
        return SearchDocument(
            kind="procedure",
            name=name,
            url=f"/demarches/{self.slug}",
            label=self.env._("Procedure"),
            keywords=keywords,
            summary=summary,
            text=f"{topic or ''} {html2plaintext(self.description or '')}",
            topic_id=self.topic_id.id,
            commune_ids=self.commune_ids.ids,
            audience_ids=self.audience_ids.ids,
        )

    def _get_search_text(self):
        self.ensure_one()
        return plain(" ".join(filter(None, self._get_search_texts())))

    def _get_delay_sentence(self):
        """One promise, and what really happens in the same sentence: two would contradict."""
        usual = self._get_usual_delay()
        if not usual or usual.median == self.handling_days:
            return super()._get_delay_sentence()
        words = {"usual": self._say_days(usual.median), "most": self._say_days(self.handling_days)}
        if usual.median < self.handling_days:
            return self.env._("In general %(usual)s (%(most)s at most).", **words)
        return self.env._("In general %(usual)s; the service aims at %(most)s.", **words)

    @api.model
    def _say_days(self, days):
        return self.env._("%(days)s days", days=days) if days > 1 else self.env._("one day")

    def _get_usual_delay(self):
        """The delays of the last twelve months, or None while too few answers were given.

        What really happened, shown to a person who waits now; never a promise. One query, once a
        day: only numbers leave it, so any visitor may read them.
        """
        self.ensure_one()
        today = clock.today()
        days = self._read_usual_delay(self.id, today)
        return days and UsualDelay(*days)

    @api.model
    @ormcache("procedure_id", "today")
    def _read_usual_delay(self, procedure_id: int, today: date):
        """A reopened request counts once, by its first answer."""
        self.env["procedure.decision"].flush_model()
        self.env["procedure.request"].flush_model(["date_submitted", "procedure_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT percentile_cont(ARRAY[0.5, 0.8]) WITHIN GROUP (ORDER BY answered.delay)
                FROM (
                    SELECT EXTRACT(EPOCH FROM MIN(decision.date) - request.date_submitted) / 86400
                        AS delay
                    FROM procedure_decision AS decision
                    JOIN procedure_request AS request ON request.id = decision.request_id
                    WHERE request.procedure_id = %(procedure)s
                        AND decision.kind IN %(kinds)s
                    GROUP BY request.id
                    HAVING MIN(decision.date) >= %(since)s AND MIN(decision.date) < %(until)s
                ) AS answered
                HAVING COUNT(*) >= %(minimum)s
                """,
                procedure=procedure_id,
                kinds=self.env["procedure.decision"]._get_kinds_that("is_answer"),
                since=fields.Date.subtract(today, years=1),
                until=fields.Date.add(today, days=1),
                minimum=MIN_DECISIONS,
            )
        )
        # Begun days are counted whole, and an answer of the same day took one.
        return rows and tuple(max(1, ceil(delay)) for delay in rows[0][0]) or None
