from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.territory_base import clock
from odoo.addons.website_parts.tools.day import show_moment
from odoo.addons.website_parts.tools.web import Posted, number, text

from .acting import list_to_read
from .common import (
    FORM,
    PAGE,
    attempt_once,
    check_sent,
    find_revision,
    get_tag,
    is_sent,
    prepare_changes,
    prepare_messages,
    prepare_online_link,
    read_message,
    redirect,
    render,
    show_day,
    tell_count,
)


class Reading(http.Controller):
    """What waits to be read, the difference, accepted or returned."""

    def _get_notice(self, done, about="", is_next=False):
        """What was done, and of which page: the next one to read may stand below.

        :param about: id of the proposal that was read
        """
        sentence = self._get_sentence(done)
        if not sentence or not about:
            return sentence
        revision = request.env["content.revision"].browse(number(about)).exists()
        if not revision or not revision._may_see(request.env.user):
            return sentence
        words = f"{revision.sudo().name}\xa0: {sentence[0].lower()}{sentence[1:]}"
        return f"{words} {request.env._('Here is the next one.')}" if is_next else words

    def _get_sentence(self, done):
        return {
            "accepte": request.env._("It is online. Its author gets a message."),
            "demande": request.env._("Your message is sent. The page online stays as it was."),
            "message": request.env._("Your message is sent."),
            "relu": request.env._("It is noted: you have read it."),
            "avant": request.env._(
                "The version before is online again. Its author gets a message."
            ),
        }.get(text(done, 20), "")

    @http.route("/my/a-relire", methods=["GET"], **PAGE)
    def to_read(self, fait="", lu="", **kwargs):
        if not request.env.user._is_internal():
            raise NotFound()
        return render("reading_list", self._prepare_list_values(text(fait, 20), text(lu, 20)))

    def _prepare_list_values(self, done="", about=""):
        return {
            "page_title": request.env._("To read"),
            "rows": self._prepare_rows(),
            "notice": self._get_notice(done, about),
        }

    def _prepare_rows(self, here=None):
        today = clock.today()
        rows = []
        for revision_sudo in list_to_read():
            due = (
                revision_sudo._get_model()._get_reading_deadline(revision_sudo)
                if (revision_sudo.date_submitted)
                else None
            )
            rows.append(
                {
                    "id": revision_sudo.id,
                    "url": f"/my/a-relire/{revision_sudo.id}",
                    "name": revision_sudo.name,
                    "text": self._tell(revision_sudo),
                    "sent": self._tell_sent(revision_sudo),
                    "away": revision_sudo._get_away_names(request.env.user),
                    "due": due and show_day(due),
                    "is_late": bool(due and due < today),
                    "is_urgent": revision_sudo.is_urgent,
                    "is_here": revision_sudo == here,
                }
            )
        return rows

    def _tell(self, revision_sudo):
        kind = revision_sudo.type_id.name
        if revision_sudo.kind == "create":
            return request.env._("New: %(kind)s", kind=kind)
        if revision_sudo.kind == "remove":
            return request.env._("Taken off the site: %(kind)s", kind=kind)
        count = tell_count(len(revision_sudo._get_changed_names()))
        return f"{count}, {kind[:1].lower()}{kind[1:]}"

    def _tell_sent(self, revision_sudo):
        moment = revision_sudo.date_submitted or revision_sudo.date_published
        return request.env._(
            "Sent on %(date)s by %(name)s",
            date=show_moment(request.env, moment, with_time=True),
            name=revision_sudo._get_sender_name(),
        )

    @http.route("/my/a-relire/<string:revision_id>", **FORM)
    def revision_to_read(self, revision_id, fait="", lu="", **kwargs):
        revision = find_revision(revision_id)
        user = request.env.user
        if not revision.with_user(user).has_access("read"):
            raise NotFound()
        if revision._is_contributor(user):
            return redirect(f"/my/contributions/{revision.id}")
        if is_sent():
            return self._decide(revision)
        return self._show(revision, self._get_notice(fait, text(lu, 20), is_next=True))

    def _show(self, revision, notice="", is_refused=False, message="", error=""):
        revision_sudo = revision.sudo()
        user = request.env.user
        is_reader = revision._is_reader(user)
        changes = prepare_changes(revision)
        content_sudo = revision._get_content().sudo()
        clashes = revision._get_clashes() if revision_sudo.state == "submitted" else []
        title = revision_sudo.name
        if revision_sudo.kind == "update":
            title = f"{title}\xa0: {tell_count(len(changes))}"
        return render(
            "reading",
            {
                "page_title": title,
                "rows": self._prepare_rows(revision_sudo) if is_reader else [],
                "revision": revision_sudo,
                "content": content_sudo,
                "public_url": content_sudo.is_online and content_sudo._get_content_url(),
                **prepare_online_link(revision._get_content()),
                "kind": revision_sudo.type_id.name,
                "sent": self._tell_sent(revision_sudo),
                "tag": get_tag(revision_sudo),
                "away": revision._get_away_names(user),
                "changes": changes,
                "clashes": [revision._get_label(name) for name in clashes],
                "messages": prepare_messages(revision),
                "may_decide": is_reader and revision_sudo.state == "submitted",
                "may_review": is_reader
                and revision._waits_for(user)
                and revision_sudo.state != "submitted",
                "may_write": is_reader and revision_sudo.state in ("submitted", "changes_asked"),
                "author": revision_sudo._get_sender_name(),
                "message": message,
                "error": error,
                "errors": [("f-message", error)] if error else [],
                "notice": notice,
                "is_refused": is_refused,
            },
            status=422 if is_refused or error else 200,
        )

    def _decide(self, revision):
        posted = Posted.from_request()
        message, too_long = read_message(posted)
        acts = {
            "accept": (revision.action_publish, (posted.text("_mark", 20),), "accepte"),
            "correct": (revision.action_ask_changes, (message,), "demande"),
            "comment": (revision.action_comment, (message,), "message"),
            "right": (revision.action_review, (), "relu"),
            "undo": (revision.action_revert, (message,), "avant"),
        }
        wanted = acts.get(posted.text("_do", 20))
        if not wanted:
            raise NotFound()
        method, args, done = wanted
        refusal = check_sent(posted)
        if refusal:
            return self._show(revision, refusal, True, message)
        if too_long:
            return self._show(revision, message=message, error=too_long)
        if done != "accepte" and args and not message:
            error = {
                "demande": request.env._("Say what is to be corrected: its author reads it."),
                "avant": request.env._("Say why the earlier version comes back."),
            }.get(done, request.env._("Write your message."))
            return self._show(revision, message=message, error=error)
        refusal = attempt_once(posted, method, *args)
        if refusal:
            return self._show(revision, refusal, True, message)
        if done == "message":
            return redirect(f"/my/a-relire/{revision.id}?fait=message")
        following_sudo = list_to_read()[:1]
        page = f"/my/a-relire/{following_sudo.id}" if following_sudo else "/my/a-relire"
        return redirect(f"{page}?fait={done}&lu={revision.id}")
