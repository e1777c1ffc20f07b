"""What the session of a browser keeps of the forms begun in it, and whose they are."""

import time
from urllib.parse import urlencode

from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.web import Visit, is_signed_in, not_cached, typed

from ..pages.account_mark import read_account
from ..pages.constants import SESSION_CLAIMS, SESSION_SAVED

# The form that somebody left to sign in, when, and whose account it was, if its page said so.
# At a library the next one may be somebody else: what a visitor left is shown to nobody who does
# not say that it is hers, what an account left is shown to that account only.
SESSION_LEFT = "procedure_left"

LEFT_SECONDS = 900


def get_claim(procedure_sudo):
    """The secret of the form of this procedure that this browser began; not of one that was typed
    there a while ago and never sent by a button: the next one may be somebody else."""
    return None if _is_idle(procedure_sudo) else _get_kept_claim(procedure_sudo)


def _get_kept_claim(procedure_sudo):
    return request.session.get(SESSION_CLAIMS, {}).get(str(procedure_sudo.id))


def _is_idle(procedure_sudo):
    saved = request.session.get(SESSION_SAVED, {}).get(str(procedure_sudo.id))
    return bool(saved) and time.time() - saved >= LEFT_SECONDS


class FormSession:
    """Part of `ProcedureForm`."""

    def _remember(self, name, procedure, value):
        """In the session: one value for each procedure."""
        values = dict(request.session.get(name, {}))
        if value is None:
            values.pop(str(procedure.id), None)
        else:
            values[str(procedure.id)] = value
        request.session[name] = values
        if name == SESSION_CLAIMS:
            # By a button, or given up.
            self._remember(SESSION_SAVED, procedure, None)

    def _remember_saved(self, procedure_sudo, claim):
        """Kept by a script: as by a button only where a button was pressed before."""
        is_pressed = _get_kept_claim(procedure_sudo) == claim and not request.session.get(
            SESSION_SAVED, {}
        ).get(str(procedure_sudo.id))
        if not is_pressed:
            self._remember(SESSION_CLAIMS, procedure_sudo, claim)
            self._remember(SESSION_SAVED, procedure_sudo, time.time())

    def _get_left(self, procedure_sudo):
        """(secret, moment, account) of the form that was left in this browser."""
        left = request.session.get(SESSION_LEFT, {}).get(str(procedure_sudo.id))
        return left or (None, 0, None)

    def _get_left_claim(self, procedure_sudo):
        """Offered to the one who signed in, and for a quarter of an hour to one who did not; what
        was only typed, after that quarter of an hour."""
        claim, pressed, account = self._get_left(procedure_sudo)
        if not claim and _is_idle(procedure_sudo):
            return _get_kept_claim(procedure_sudo)
        if account:
            return claim if self._is_left_by_her(procedure_sudo) else None
        return claim if is_signed_in() or time.time() - pressed < LEFT_SECONDS else None

    def _is_left_by_her(self, procedure_sudo):
        """Her session ended while she filled it in; it is known to be hers."""
        account = self._get_left(procedure_sudo)[2]
        return is_signed_in() and account == request.env.user.partner_id.id

    def _leave(self, page, account=None):
        """What was typed and given waits until she has signed in.

        :raise TooManyRequests: it stays on her page only
        """
        page.keep()
        self._remember(SESSION_CLAIMS, page.procedure, None)
        self._remember(SESSION_LEFT, page.procedure, [page.claim, time.time(), account])

    def _leave_signed_out(self, procedure_sudo):
        """The session of an account has ended while she filled in the form: what she sent waits
        for her, and she is asked to sign in again. None: the page was no account's.
        """
        is_signed_out = not is_signed_in() and procedure_sudo._is_open()
        account = is_signed_out and read_account(procedure_sudo, typed("_account", 1000))
        if not account:
            return None
        page = procedure_sudo._make_form_page(Visit.from_request(), account, kind="left")
        page.read_post(is_trusted=False)
        try:
            self._leave(page, account)
        except TooManyRequests:
            return None
        path = f"/demarches/{procedure_sudo.slug}/formulaire?{page.step_query}&fait=deconnecte"
        return request.redirect(path, code=303)

    def _take_up_left(self, procedure_sudo, step, returns):
        """Signed in again: back to the very page, with what was on it."""
        page = procedure_sudo._make_form_page(Visit.from_request())
        page.load(left=self._get_left_claim(procedure_sudo))
        self._remember(SESSION_LEFT, procedure_sudo, None)
        path = f"/demarches/{procedure_sudo.slug}/formulaire"
        if page.begun:
            page.take_up()
            page.go_wanted(step)
            page.returns = returns and not page.is_last
            path = f"{path}?{page.step_query}&fait=repris#etape"
        return request.redirect(path, code=303)

    def _render_signed_out(self, procedure_sudo):
        """Of whom nothing is shown: it may be another one who looks by now."""
        back = urlencode({"redirect": request.httprequest.full_path})
        response = request.render(
            "website_procedure.form_signed_out",
            {
                "procedure": procedure_sudo,
                "sign_in_url": f"/web/login?{back}",
                "catalogue_label": request.env._("Procedures"),
            },
        )
        return not_cached(response)
