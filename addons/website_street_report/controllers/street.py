import base64
from contextlib import suppress

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.public_guard.exceptions import FormHurried, TooManyRequests
from odoo.addons.website_parts.tools.day import show_moment
from odoo.addons.website_parts.tools.email import EMAIL_MAX, get_email_problem, read_email
from odoo.addons.website_parts.tools.file_answer import make_answer
from odoo.addons.website_parts.tools.item import make_item
from odoo.addons.website_parts.tools.web import (
    Posted,
    is_csrf_valid,
    not_cached,
    text,
)

PUBLIC = {"type": "http", "auth": "public", "website": True}
PURPOSE = "street_report.same"
SESSION = "street_report_same"
# A connection may be that of a town hall: wide. One report, by one connection in a day: narrow.
SAME_AN_HOUR, SAME_A_DAY, HOUR = 30, 5, 3600
# To one address in a day: who is written to did not always ask for it.
EMAIL_A_DAY = 5


class Street(http.Controller):
    """What is open in a commune, before anybody reports the same again."""

    @http.route("/signaler", methods=["GET"], sitemap=True, **PUBLIC)
    def street(self, commune="", fait="", **kwargs):
        done = request.env._("Thank you: your confirmation is added to the report.")
        return self._show(self._find_commune(commune), done if text(fait) == "meme" else "")

    @http.route(
        "/signaler/meme/<string:key>",
        methods=["POST"],
        sitemap=False,
        csrf=False,
        territory_form=True,
        **PUBLIC,
    )
    def same(self, key, **kwargs):
        report_sudo = self._find_open(key)
        commune_sudo, posted = report_sudo.commune_id, Posted.from_request()
        typed = (report_sudo.street_key, posted.text("email", EMAIL_MAX + 1))
        try:
            self._confirm(report_sudo, posted)
        except TooManyRequests as refused:
            return self._show(commune_sudo, str(refused), 429, typed)
        except UserError as refused:
            return self._show(commune_sudo, str(refused), 422, typed)
        path = f"/signaler?commune={commune_sudo.insee_code}&fait=meme"
        return request.redirect(path, code=303)

    def _confirm(self, report_sudo, posted):
        if not is_csrf_valid():
            raise UserError(request.env._("This page stayed open for too long. Send it again."))
        guard = request.env["public.guard"]
        # Who knows the place presses at once; the limits below stop a machine.
        with suppress(FormHurried):
            guard._check_form(PURPOSE, posted.form.to_dict())
        known = request.session.get(SESSION, [])
        if report_sudo.street_key in known:
            return
        typed = posted.text("email", EMAIL_MAX + 1)
        if problem := get_email_problem(request.env, typed):
            raise UserError(problem)
        email = read_email(typed)
        sender = request.httprequest.remote_addr
        guard._hit("street.same", sender, SAME_AN_HOUR, HOUR)
        guard._hit(f"street.same.one.{report_sudo.id}", sender, SAME_A_DAY, 24 * HOUR)
        if email:
            guard._hit("street.same.email", email.lower(), EMAIL_A_DAY, 24 * HOUR)
        report_sudo._confirm_street(email or "")
        request.session[SESSION] = [*known[-50:], report_sudo.street_key]

    @http.route(
        "/signaler/photo/<string:key>",
        methods=["GET"],
        sitemap=False,
        readonly=True,
        **PUBLIC,
    )
    def photo(self, key, **kwargs):
        """Chosen by an agent who has looked at it."""
        report_sudo = self._find_open(key)
        photo_sudo = report_sudo.street_photo_id
        if not report_sudo._get_street_facts()["has_photo"]:
            raise NotFound()
        content = base64.b64decode(photo_sudo.with_context(bin_size=False).file or b"")
        # Its name is a word that somebody typed.
        return make_answer(content, "photo", photo_sudo.mimetype, is_shown=True)

    def _find_open(self, key):
        """In superuser mode: one of those that everybody reads, else it is not found."""
        report_sudo = request.env["procedure.request"]._find_street_key(text(key, 100))
        if not report_sudo:
            raise NotFound()
        return report_sudo

    def _find_commune(self, insee):
        communes_sudo = request.env["territory.commune"].sudo()
        insee = text(insee, 10)
        return communes_sudo._find_by_insee(insee) if insee else communes_sudo

    def _show(self, commune_sudo, notice="", status=200, typed=("", "")):
        env = request.env
        procedure_sudo = env["procedure.procedure"]._find_street()
        reports_sudo = env["procedure.request"]
        if procedure_sudo and commune_sudo:
            reports_sudo = reports_sudo._find_street_open(commune_sudo)
        title = env._("Report a problem in the street")
        # The page of its procedure has that name.
        tab_title = env._("Problems in the street, commune by commune")
        if commune_sudo:
            title = env._("Problems reported: %(commune)s", commune=commune_sudo.name)
            tab_title = title
        path, elsewhere = f"/demarches/{procedure_sudo.slug}", ""
        if procedure_sudo and commune_sudo:
            elsewhere = self._tell_elsewhere(procedure_sudo, commune_sudo)
        response = request.render(
            "website_street_report.street",
            {
                "page_title": title,
                "tab_title": tab_title,
                "website_meta_description": env._(
                    "A hole, a lamp, a dump: see what is known already in your commune, then "
                    "report it without an account."
                ),
                "report_word": env._("Report a problem in the street"),
                "other_word": env._("Report another problem"),
                "photo_word": env._("Photo of the place"),
                "commune": commune_sudo,
                "procedure": procedure_sudo,
                "item": make_item(
                    "commune",
                    {},
                    label=env._("In which commune?"),
                    widget="select",
                    required=True,
                    value=commune_sudo.insee_code or "",
                    choices=env["territory.commune"]._get_form_choices(),
                ),
                "rows": [
                    self._prepare_row(report._get_street_facts(), index, typed)
                    for index, report in enumerate(reports_sudo)
                ],
                "elsewhere": elsewhere,
                "unread": self._say_unread(procedure_sudo, commune_sudo),
                "notice": notice,
                "is_refused": status != 200,
                "form_url": f"{path}/formulaire?commune={commune_sudo.insee_code}",
                "guard_token": env["public.guard"]._form_token(PURPOSE),
            },
            status=status,
        )
        return not_cached(response) if commune_sudo else response

    def _tell_elsewhere(self, procedure_sudo, commune_sudo):
        """Why the form does not take it in this commune, before it is filled in; empty: it does."""
        concerned_sudo = procedure_sudo._get_concerned_communes()
        if procedure_sudo._concerns_everybody() or commune_sudo in concerned_sudo:
            return ""
        return procedure_sudo._tell_elsewhere(commune_sudo) or request.env._(
            "Nothing is reported on this site at the moment: call your town hall."
        )

    def _prepare_row(self, facts, index, typed):
        """:param typed: key of a report, and what was typed beside it; it is refused"""
        env = request.env
        item = make_item(
            "email",
            {},
            label=env._("Your e-mail address, to know what becomes of it"),
            type="email",
            autocomplete="email",
            value=typed[1] if typed[0] == facts["key"] else "",
            help=env._("One message when it is over, then it is erased."),
            width="et-w4",
        )
        item.update(id=f"f-email-{index}", describedby=f"f-email-{index}-a")
        return {
            **facts,
            "since": env._("Reported on %(date)s", date=show_moment(env, facts["since"])),
            "item": item,
            "known": facts["key"] in request.session.get(SESSION, []),
            "tag": {"tone": "cours", "label": facts["state"]},
            "seen": self._say_others(facts["others"]),
        }

    def _say_unread(self, procedure_sudo, commune_sudo):
        """How many are not in the list, so that nobody believes to be the first."""
        if not procedure_sudo or not commune_sudo:
            return ""
        count = request.env["procedure.request"]._count_street_unread(commune_sudo)
        if count < 2:
            sentence = request.env._("One report waits to be read by the service: it is not shown.")
            return sentence if count else ""
        return request.env._(
            "%(count)s reports wait to be read by the service: they are not shown.", count=count
        )

    def _say_others(self, count):
        if count < 2:
            return request.env._("Seen by another person") if count else ""
        return request.env._("Seen by %(count)s other persons", count=count)
