from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.content_approval.exceptions import ContentErrors, RevisionConflict
from odoo.addons.content_approval.models.content_revision_circuit import EDITABLE
from odoo.addons.website_parts.tools.web import Posted, not_cached, text

from ..pages.form import ContributionForm
from .common import (
    FORM,
    PAGE,
    POST,
    attempt,
    attempt_once,
    check_sent,
    claim,
    draw_preview,
    find_revision,
    get_readers,
    get_tag,
    is_repeated,
    is_sent,
    prepare_changes,
    prepare_messages,
    read_message,
    redirect,
    render,
    tell_delay,
)


class Contribution(http.Controller):
    """A change, for those who write in it."""

    def _find(self, revision_id):
        revision = find_revision(revision_id)
        if not revision._is_contributor(request.env.user):
            raise NotFound()
        return revision

    def _get_url(self, revision, done=""):
        return f"/my/contributions/{revision.id}" + (f"?fait={done}" if done else "")

    def _get_notice(self, done):
        # What the address says is never printed.
        return {
            "garde": request.env._("It is kept. Nothing is sent yet."),
            "envoye": request.env._(
                "It is sent. You get a message when it is online, or if something is to be "
                "corrected."
            ),
            "repris": request.env._("You have it back: correct it, then send it again."),
            "message": request.env._("Your message is sent."),
            "urgent": request.env._("It is online. Somebody reads it afterwards."),
            "mien": request.env._("Yours is kept. Check it, then send it again."),
            "version": request.env._(
                "Here is the earlier version, as a draft. Check it, then send it to be read."
            ),
        }.get(text(done, 20), "")

    @http.route("/my/contributions/<string:revision_id>", **FORM)
    def contribution(self, revision_id, fait="", ligne="", **kwargs):
        revision = find_revision(revision_id)
        if not revision._is_contributor(request.env.user):
            if is_sent():
                raise NotFound()
            return redirect(f"/my/a-relire/{revision.id}")
        if is_sent():
            return self._save(revision)
        if revision.sudo().state not in EDITABLE:
            return self._show_state(revision, self._get_notice(fait))
        form = self._make_form(revision)
        form.added = text(ligne, 60)
        return self._show_form(revision, form, self._get_notice(fait))

    def _make_form(self, revision, posted=None):
        return ContributionForm(revision, posted)

    # ------------------------------------------------------------
    # The form
    # ------------------------------------------------------------

    def _show_form(self, revision, form, notice="", is_refused=False, mark=""):
        revision_sudo = revision.sudo()
        message, message_error = read_message(form.posted) if form.posted else ("", "")
        errors = form.list_errors()
        if message_error:
            errors.append(("f-message", message_error))
        readers, button = get_readers(revision)
        content_sudo = revision._get_content().sudo()
        message_sudo = revision._get_last_reason() if revision_sudo.state != "draft" else None
        title = revision_sudo.name
        if not content_sudo:
            title = request.env._("New: %(name)s", name=title)
        return render(
            "contribution_form",
            {
                "page_title": title,
                "again": self._get_url(revision),
                "revision": revision_sudo,
                "content": content_sudo,
                "public_note": content_sudo._get_public_note(),
                "form": form,
                "is_removal": revision_sudo.kind == "remove",
                "sections": form.get_sections() if revision_sudo.kind != "remove" else [],
                "errors": errors,
                "mark": mark or revision._get_mark(),
                "notice": notice,
                "is_refused": is_refused,
                "readers": readers,
                "button": button,
                "delay": tell_delay(revision_sudo.type_id.reading_days),
                "may_be_urgent": revision._may_publish_urgent(request.env.user),
                "preview": draw_preview(revision) if revision_sudo.kind != "remove" else "",
                "messages": prepare_messages(revision),
                "reason": message_sudo,
                "message": message,
                "message_error": message_error,
            },
            status=422 if errors or is_refused else 200,
        )

    def _save(self, revision):
        posted = Posted.from_request()
        form = self._make_form(revision, posted)
        refusal = check_sent(posted)
        if refusal:
            form.is_typed = True
            return self._show_form(revision, form, refusal, True, posted.text("_mark", 20))
        if revision.sudo().state not in EDITABLE:
            if is_repeated(posted):
                return redirect(self._get_url(revision, "envoye"))
            form.is_typed = True
            return self._show_form(
                revision,
                form,
                request.env._(
                    "This was sent meanwhile, and is being read. What you have just typed is "
                    "below: take your change back in another tab, then send it again."
                ),
                True,
            )
        if posted.text("_mark", 20) != revision._get_mark():
            form.is_typed = True
            form.keep(only_images=True)
            return self._show_form(
                revision,
                form,
                request.env._(
                    "This draft was changed meanwhile, in another tab or by somebody else. What "
                    "you have typed is below: check it, then press again."
                ),
                True,
            )
        form.keep()
        if form.errors or read_message(posted)[1]:
            return self._show_form(revision, form)
        return self._go_on(revision, form, posted)

    def _go_on(self, revision, form, posted):
        wanted = posted.text("_do", 80)
        if wanted == "send":
            return self._send(revision, form, posted)
        if wanted.startswith("add."):
            name = wanted.removeprefix("add.")
            if name in form.options:
                return redirect(f"{self._get_url(revision)}?ligne={name}#f-{name}")
        if wanted == "urgent":
            return redirect(f"{self._get_url(revision)}/urgent")
        if wanted == "page":
            return redirect(f"{self._get_url(revision)}/page")
        anchor = "#apercu" if wanted == "see" else ""
        return redirect(self._get_url(revision, "garde") + anchor)

    def _send(self, revision, form, posted):
        try:
            with request.env.cr.savepoint():
                revision.action_submit(read_message(posted)[0])
        except ContentErrors as refused:
            form.errors |= refused.errors
            shown = set(form.options)
            others = [words for name, words in refused.errors.items() if name not in shown]
            return self._show_form(revision, form, " ".join(others), bool(others))
        except RevisionConflict:
            return redirect(f"{self._get_url(revision)}/conflit")
        except UserError as refused:
            return self._show_form(revision, form, str(refused), True)
        claim(posted)
        return redirect(self._get_url(revision, "envoye"))

    # ------------------------------------------------------------
    # Preview
    # ------------------------------------------------------------

    @http.route("/my/contributions/<string:revision_id>/apercu", **FORM)
    def preview(self, revision_id, **kwargs):
        """The page as it will be; to a post, what is typed and not kept, for a script."""
        revision = find_revision(revision_id)
        if not is_sent():
            return render(
                "preview_page",
                {
                    "page_title": revision.sudo().name,
                    "revision": revision.sudo(),
                    "preview": draw_preview(revision),
                    "back": self._get_back(revision),
                },
            )
        posted = Posted.from_request()
        revision = self._find(revision_id)
        if check_sent(posted) or revision.sudo().state not in EDITABLE:
            raise NotFound()
        with request.env.cr.savepoint() as savepoint:
            self._make_form(revision, posted).keep()
            drawn = draw_preview(revision)
            savepoint.rollback()
            request.env.invalidate_all(flush=False)
        return not_cached(request.make_response(drawn, [("Content-Type", "text/html")]))

    def _get_back(self, revision):
        if revision._is_contributor(request.env.user):
            return self._get_url(revision)
        return f"/my/a-relire/{revision.id}"

    # ------------------------------------------------------------
    # Sent, or over
    # ------------------------------------------------------------

    def _show_state(self, revision, notice="", is_refused=False, message="", errors=()):
        revision_sudo = revision.sudo()
        content_sudo = revision._get_content().sudo()
        readers, _button = get_readers(revision)
        return render(
            "contribution_state",
            {
                "page_title": revision_sudo.name,
                "again": self._get_url(revision),
                "revision": revision_sudo,
                "content": content_sudo,
                "tag": get_tag(revision_sudo),
                "changes": prepare_changes(revision),
                "messages": prepare_messages(revision),
                "readers": readers,
                "delay": tell_delay(revision_sudo.type_id.reading_days),
                "notice": notice,
                "is_refused": is_refused,
                "message": message,
                "errors": list(errors),
            },
            status=422 if is_refused or errors else 200,
        )

    @http.route("/my/contributions/<string:revision_id>/acte", **POST)
    def act(self, revision_id, **kwargs):
        revision = self._find(revision_id)
        posted = Posted.from_request()
        message, error = read_message(posted)
        acts = {
            "take_back": (revision.action_take_back, (), "repris"),
            "keep_mine": (revision.action_keep_mine, (), "mien"),
            "comment": (revision.action_comment, (message,), "message"),
        }
        wanted = acts.get(posted.text("_do", 20))
        if not wanted:
            raise NotFound()
        method, args, done = wanted
        refusal = check_sent(posted)
        if error and args and not refusal and revision.sudo().state not in EDITABLE:
            errors = [("f-message", error)]
            return self._show_state(revision, message=message, errors=errors)
        if not refusal:
            refusal = (args and error) or attempt_once(posted, method, *args)
        if refusal:
            if revision.sudo().state in EDITABLE:
                return self._show_form(revision, self._make_form(revision), refusal, True)
            return self._show_state(revision, refusal, True, message)
        return redirect(self._get_url(revision, done))

    @http.route("/my/contributions/<string:revision_id>/retirer", **FORM)
    def withdraw(self, revision_id, **kwargs):
        revision = self._find(revision_id)
        refusal = ""
        if is_sent():
            refusal = check_sent(Posted.from_request()) or attempt(revision.action_withdraw)
            if not refusal:
                return redirect("/my/contributions?fait=retire")
        return render(
            "withdraw",
            {
                "page_title": request.env._("Give up: %(name)s", name=revision.sudo().name),
                "revision": revision.sudo(),
                "content": revision._get_content().sudo(),
                "notice": refusal,
            },
            status=422 if refusal else 200,
        )

    @http.route("/my/contributions/<string:revision_id>/urgent", **FORM)
    def urgent(self, revision_id, **kwargs):
        """Published at once: what, why, and a box to tick."""
        revision = self._find(revision_id)
        if not revision._may_publish_urgent(request.env.user):
            raise NotFound()
        posted, errors, notice = Posted.from_request(), {}, ""
        if is_sent():
            notice = check_sent(posted)
            reason, too_long = read_message(posted, "reason")
            if too_long:
                errors["reason"] = too_long
            elif not reason:
                errors["reason"] = request.env._("Write why it cannot wait: it is read afterwards.")
            if not posted.text("sure", 5):
                errors["sure"] = request.env._("Tick this box: it is online at once.")
            if not notice and not errors:
                try:
                    with request.env.cr.savepoint():
                        revision.action_publish_urgent(reason)
                    return redirect(self._get_url(revision, "urgent"))
                except RevisionConflict:
                    return redirect(f"{self._get_url(revision)}/conflit")
                except AccessError as refused:
                    raise NotFound() from refused
                except UserError as refused:
                    notice = str(refused)
        elif revision.sudo().state not in EDITABLE:
            return redirect(self._get_url(revision))
        listed = [(f"f-{name}", words) for name, words in errors.items()]
        return render(
            "urgent",
            {
                "page_title": request.env._("Publish now: %(name)s", name=revision.sudo().name),
                "revision": revision.sudo(),
                "changes": prepare_changes(revision),
                "reason": posted.text("reason"),
                "is_sure": posted.text("sure", 5),
                "error_of": errors,
                "errors": listed,
                "notice": notice,
            },
            status=422 if listed or notice else 200,
        )

    @http.route("/my/contributions/<string:revision_id>/conflit", methods=["GET"], **PAGE)
    def conflict(self, revision_id, **kwargs):
        """The page changed meanwhile, at the same place: what is online, what is hers."""
        revision = self._find(revision_id)
        names = revision._get_clashes() if revision.sudo().state in EDITABLE else []
        if not names:
            return redirect(self._get_url(revision))
        live_sudo = revision._get_versions(revision._get_content())[:1]
        return render(
            "conflict",
            {
                "page_title": request.env._(
                    "Changed meanwhile: %(name)s", name=revision.sudo().name
                ),
                "revision": revision.sudo(),
                "mine": prepare_changes(revision, live_sudo, names),
            },
        )
