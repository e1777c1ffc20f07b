import io

import pypdf

from odoo import api, models
from odoo.exceptions import UserError

from .. import renderer
from ..exceptions import RenderingError


class PdfStream(io.BytesIO):
    """A PDF, with the documents that it was written from: they can still be joined."""

    def __init__(self, documents):
        super().__init__(renderer.write_pdf(documents))
        self.documents = documents


class IrActionsReport(models.Model):
    """PDF reports are drawn here, by WeasyPrint: no program beside, no address fetched.

    The type of the report stays `qweb-pdf`, so that whatever prints in Odoo goes on as it is.
    """

    _inherit = "ir.actions.report"

    @api.model
    def get_wkhtmltopdf_state(self):
        return "ok"

    def _run_wkhtmltopdf(self, bodies, *args, **kwargs):
        """For code that calls it with pages of its own; header and footer are CSS here."""
        return renderer.write_pdf([self._lay_out(body) for body in bodies])

    @api.model
    def _lay_out(self, html):
        try:
            return renderer.Document(html, self._get_report_url())
        except RenderingError as error:
            raise UserError(
                self.env._("This document cannot be printed: %(reason)s.", reason=error)
            ) from error

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """One rendering per record: there is nothing to cut afterwards."""
        data = {"report_type": "pdf", "debug": False, **(data or {})}
        report_sudo = self._get_report(report_ref)

        def lay_out(ids):
            return self._lay_out(self._render_qweb_html(report_ref, ids, data=dict(data))[0])

        if not res_ids or len(set(res_ids)) != len(res_ids):
            documents = [lay_out([res_id]) for res_id in res_ids or ()] or [lay_out(res_ids)]
            return {False: {"stream": PdfStream(documents), "attachment": None}}
        streams = {}
        keep = report_sudo.attachment and not self.env.context.get("report_pdf_no_attachment")
        for record in self.env[report_sudo.model].browse(res_ids):
            attachment = report_sudo.retrieve_attachment(record) if keep else None
            if attachment and report_sudo.attachment_use:
                stream = io.BytesIO(attachment.raw)
            else:
                stream = PdfStream([lay_out(record.ids)])
            streams[record.id] = {"stream": stream, "attachment": attachment}
        return streams

    @api.model
    def _merge_pdfs(self, streams, handle_error=None):
        """Documents that were just drawn are joined with their tags. Those kept as files lose
        theirs: whatever joins files drops them (and Odoo's own fails with today's PyPDF2)."""
        if all(isinstance(stream, PdfStream) for stream in streams):
            merged = PdfStream([document for stream in streams for document in stream.documents])
        else:
            merged, writer = io.BytesIO(), pypdf.PdfWriter()
            for stream in streams:
                try:
                    writer.append(stream)
                except (pypdf.errors.PyPdfError, ValueError) as error:
                    if not handle_error:
                        raise UserError(self.env._("A file could not be read.")) from error
                    handle_error(error=error, error_stream=stream)
            writer.write(merged)
        # Who called closes them all.
        streams.append(merged)
        return merged
