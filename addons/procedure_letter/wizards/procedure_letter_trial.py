from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.report_weasyprint import renderer


class ProcedureLetterTrial(models.TransientModel):
    """A template filled by a real request: read, never sent."""

    _name = "procedure.letter.trial"
    _description = "Trial of an answer template"

    template_id = fields.Many2one("procedure.letter.template", required=True, ondelete="cascade")
    request_id = fields.Many2one(
        "procedure.request",
        compute="_compute_request_id",
        store=True,
        readonly=False,
        ondelete="cascade",
    )
    procedure_ids = fields.Many2many(related="template_id.procedure_ids")
    subject = fields.Char(compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.depends("template_id")
    def _compute_request_id(self):
        """The last one that the user may read, and that this template is for."""
        for trial in self:
            domain = [("state", "!=", "draft"), ("date_anonymised", "=", False)]
            template = trial.template_id
            if template.procedure_ids:
                domain.append(("procedure_id", "in", template.procedure_ids.ids))
            if template.service_id:
                domain.append(("service_id", "=", template.service_id.id))
            trial.request_id = self.env["procedure.request"].search(domain, limit=1)

    @api.depends("template_id", "request_id")
    def _compute_preview(self):
        for trial in self:
            trial.subject, trial.preview = False, False
            if trial.template_id and trial.request_id:
                trial.request_id._origin.check_access("read")
                trial.subject, trial.preview = trial._fill()

    def _fill(self):
        example = self.env._("(your reasons)")
        request = self.request_id._origin
        request = request.with_context(lang=request._get_mail_lang())
        is_decided = any(request.decision_ids.mapped("active"))
        values = {} if is_decided else {"motif": example}
        return self.template_id._render(request, **values)

    def action_done(self):
        """Seen and found good: the mark “never tried” goes."""
        self.ensure_one()
        self.request_id.check_access("read")
        self.template_id.check_access("write")
        self.template_id._mark_tried()
        return {"type": "ir.actions.act_window_close"}

    def action_print(self):
        """The letter that would leave."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/procedure/letter/trial/{self.id}",
            "target": "new",
        }

    def _draw(self):
        """The PDF of a letter that is not made."""
        self.ensure_one()
        self.check_access("read")
        self.request_id.check_access("read")
        subject, body = self._fill()
        request_sudo = self.request_id.sudo()
        letter_sudo = (
            self.env["procedure.letter"]
            .sudo()
            .new(
                {
                    "request_id": request_sudo.id,
                    "kind": "step",
                    "number": f"{request_sudo.number}/…",
                    "name": subject,
                    "body": body,
                    "date": fields.Datetime.now(),
                    "lang": request_sudo._get_mail_lang(),
                    "author_id": self.env.uid,
                }
            )
        )
        html = (
            self.env["ir.qweb"]
            .with_context(lang=letter_sudo.lang)
            ._render("procedure_letter.letter", {"docs": letter_sudo, "trial": True})
        )
        document = self.env["ir.actions.report"]._lay_out(Markup(html))
        return renderer.write_pdf([document])
