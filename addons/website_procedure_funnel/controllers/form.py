import secrets
import time

from odoo import http
from odoo.http import request
from odoo.tools import hmac

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.web import answer_json, get_sender, is_csrf_valid, typed
from odoo.addons.website_procedure.controllers.common import POST, get_procedure
from odoo.addons.website_procedure.controllers.form import ProcedureForm
from odoo.addons.website_procedure.pages.form_check import CHECK_PAGE
from odoo.addons.website_procedure.pages.form_paging import IDENTITY_PAGE

from ..figures import COMPUTER, PHONE, get_slice

# What this browser has been counted for, in its session only: digests, with a key of this session,
# for it is that of an account too, and a question that stops somebody tells something of her.
SESSION_COUNTED = "procedure_counted"
SESSION_KEY = "procedure_counted_key"
SEEN_AN_HOUR = 600
VERSIONS = 5


def get_device():
    """On what the form is opened, as the browser says it."""
    is_phone = "Mobi" in (request.httprequest.user_agent.string or "")
    return "device", "", "", PHONE if is_phone else COMPUTER


class CountedForm(ProcedureForm):
    """Counts what happens on a form. What is tried, or typed at the counter, goes by other
    controllers; what a robot reads is not counted: a page is, by the script of a browser."""

    @http.route("/demarches/<string:slug>/formulaire/vu", **POST)
    def seen(self, slug, **kwargs):
        """A page of the form is on a screen; once for each browser, however often it is shown."""
        version_sudo = get_procedure(slug).version_id
        key = typed("_page", 100)
        is_known = typed("_version", 20) == str(version_sudo.id) and is_csrf_valid()
        if is_known and key in version_sudo._get_page_keys():
            try:
                request.env["public.guard"]._hit("procedure.seen", get_sender(), SEEN_AN_HOUR, 3600)
            except TooManyRequests:
                return answer_json({}, 429)
            self._count(version_sudo, [("opened", key, "", ""), get_device()])
        return answer_json({}, 200)

    def _turn(self, page, way):
        key = page.current["key"]
        response = super()._turn(page, way)
        if way > 0 and not page.errors:
            self._count_passed(page.version, key)
        return response

    def _check(self, page, fait=""):
        key = page.current["key"]
        response = super()._check(page, fait)
        if not page.errors and not fait and key != CHECK_PAGE:
            self._count_passed(page.version, key)
        return response

    def _render_form(self, page, posted=False, **kwargs):
        response = super()._render_form(page, posted=posted, **kwargs)
        if posted and page.errors:
            known = set(page.version.field_ids.mapped("key"))
            codes = page.get_problem_codes()
            marks = set()
            for name in page.errors:
                question = IDENTITY_PAGE if name.startswith("contact_") else name.partition(".")[0]
                index = page.get_page_of(name)
                if index is not None and question in {*known, IDENTITY_PAGE}:
                    place = page.pages[index]["key"], question
                    marks |= {("refused", *place, ""), ("error", *place, codes.get(name, ""))}
            marks |= {("opened", mark[1], "", "") for mark in marks}
            if marks:
                self._count(page.version, [*sorted(marks), get_device()])
        return response

    def _redirect_to_acknowledgment(self, request_sudo, is_new):
        if is_new:
            version_sudo = request_sudo.version_id
            marks = [("opened", CHECK_PAGE), ("passed", CHECK_PAGE), ("sent", "")]
            marks = [(*mark, "", "") for mark in marks]
            self._count(version_sudo, [*marks, *self._get_minutes(request_sudo), get_device()])
            # Another request of the same person is another visit.
            self._remember_counted(version_sudo, [])
        return super()._redirect_to_acknowledgment(request_sudo, is_new)

    def _count_passed(self, version, key):
        """Without script, a page that is sent was seen."""
        marks = [("opened", key, "", ""), ("passed", key, "", ""), get_device()]
        self._count(version, marks)

    def _get_minutes(self, request_sudo):
        """Since this browser opened the form: the moment is in the token that the form carries,
        which we sign, and which is worth nothing after a day."""
        token = typed("guard_token", 1000)
        if not token:
            # Sent by its code: it was kept meanwhile.
            domain = [("request_id", "=", request_sudo.id)]
            token = (
                request.env["website.procedure.pending"].sudo().search(domain, limit=1).form_token
            )
        values = request.env["public.guard"]._read_token(token)
        seconds = values and time.time() - values["issued"]
        return [("minutes", "", "", get_slice(seconds))] if values else []

    def _count(self, version, marks):
        """Those of the staff are trials."""
        if request.env.user._is_internal():
            return
        counted = request.session.get(SESSION_COUNTED, {}).get(str(version.id), [])
        Mark_sudo = request.env["procedure.form.mark"].sudo()
        key = request.session.get(SESSION_KEY) or secrets.token_hex(8)
        digests = {
            mark: hmac(Mark_sudo.env, SESSION_COUNTED, (key, version.id, *mark))[:16]
            for mark in marks
        }
        new = [mark for mark in marks if digests[mark] not in counted]
        if new and Mark_sudo._add(version, new):
            request.session[SESSION_KEY] = key
            self._remember_counted(version, counted + [digests[mark] for mark in new])

    def _remember_counted(self, version, marks):
        """No more than some forms: a session is read at each page."""
        known = dict(request.session.get(SESSION_COUNTED, {}))
        known.pop(str(version.id), None)
        kept = dict(list(known.items())[1 - VERSIONS :])
        request.session[SESSION_COUNTED] = {**kept, str(version.id): marks} if marks else kept
