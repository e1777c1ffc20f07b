from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request


class LetterController(http.Controller):
    """Letters read by the staff. The applicant reads hers with the message that carried it."""

    # It may draw the letter, which writes.
    @http.route("/procedure/letter/<int:letter_id>", type="http", auth="user")
    def read_letter(self, letter_id):
        letter = request.env["procedure.letter"].browse(letter_id)
        if not letter:
            raise NotFound()
        try:
            content = letter._get_content_for(request.env.user)
        except (AccessError, MissingError, UserError) as error:
            # The same answer whether it exists or not.
            raise NotFound() from error
        return self._make_response(content["content"], content["name"])

    @http.route("/procedure/letter/trial/<int:trial_id>", type="http", auth="user", readonly=True)
    def read_trial(self, trial_id):
        trial = request.env["procedure.letter.trial"].browse(trial_id).exists()
        try:
            if not trial.request_id:
                raise NotFound()
            content = trial._draw()
        except (AccessError, MissingError) as error:
            raise NotFound() from error
        return self._make_response(content, "essai.pdf")

    def _make_response(self, content, name):
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(name, "inline")),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "private, no-store"),
        ]
        return request.make_response(content, headers)
