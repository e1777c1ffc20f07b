from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.content_approval.exceptions import ContentErrors, RevisionConflict
from odoo.addons.content_approval.models.content_revision_circuit import EDITABLE
from odoo.addons.website_content_approval.controllers.common import (
    FORM,
    POST,
    check_sent,
    claim,
    draw_preview,
    find_revision,
    get_readers,
    is_repeated,
    is_sent,
    redirect,
    render,
    tell_delay,
)
from odoo.addons.website_content_approval.pages.form import ContributionForm
from odoo.addons.website_parts.tools.web import Posted, not_cached, number

PATH = "/my/contributions/<string:revision_id>/premiere-heure"


class FirstHour(http.Controller):
    """One screen, seven questions: what is answered is in the change, as any form writes it."""

    def _get_url(self, revision, place=0):
        url = f"/my/contributions/{revision.id}/premiere-heure"
        return f"{url}?question={place}#question" if place else url

    def _find(self, revision_id):
        revision = find_revision(revision_id)
        revision_sudo = revision.sudo()
        is_page = (revision_sudo.res_model, revision_sudo.kind) == ("territory.commune", "update")
        if not is_page or not revision._is_contributor(request.env.user):
            raise NotFound()
        return revision

    @http.route(PATH, **FORM)
    def first_hour(self, revision_id, question="", ligne="", **kwargs):
        revision = self._find(revision_id)
        if is_sent():
            return self._save(revision)
        if revision.sudo().state not in EDITABLE:
            return redirect(f"/my/contributions/{revision.id}")
        form = ContributionForm(revision)
        form.added = ligne if isinstance(ligne, str) else ""
        return self._show(revision, form, number(question) or self._find_place(revision))

    def _find_place(self, revision):
        """The first question that the change does not answer; the end if there is none."""
        questions = revision._get_model()._list_first_questions()
        for place, (_code, question) in enumerate(questions, 1):
            if not revision._tell_first_answer(question):
                return place
        return len(questions) + 1

    # ------------------------------------------------------------
    # Shown
    # ------------------------------------------------------------

    def _show(self, revision, form, place, notice="", mark=""):
        revision_sudo = revision.sudo()
        questions = revision._get_model()._list_first_questions()
        place = min(max(place, 1), len(questions) + 1)
        rows, answered = [], 0
        for rank, (code, question) in enumerate(questions, 1):
            answer = revision._tell_first_answer(question)
            answered += bool(answer)
            items = form.get_items(question.names) if rank == place else []
            rows.append(
                {
                    "rank": rank,
                    "code": code,
                    "question": question,
                    "answer": answer,
                    "items": items,
                    "is_open": rank == place,
                    "is_done": rank < place,
                }
            )
        errors = form.list_errors([item for row in rows for item in row["items"]])
        readers, button = get_readers(revision)
        return render(
            "website_commune_start.first_hour",
            {
                "page_title": request.env._(
                    "The page of %(commune)s, in %(count)s questions",
                    commune=revision_sudo.name,
                    count=len(rows),
                ),
                "again": self._get_url(revision, place).partition("#")[0],
                "revision": revision_sudo,
                "rows": rows,
                "answered": request.env._(
                    "%(count)s answers of %(total)s.", count=answered, total=len(rows)
                ),
                "next_word": request.env._("That is right, question %(number)s", number=place + 1),
                "share": round(100 * answered / len(rows)),
                "place": place,
                "is_end": place > len(rows),
                "errors": errors,
                "message": form.posted.text("message", 2000) if form.posted else "",
                "notice": notice,
                "is_refused": bool(notice),
                "mark": mark or revision._get_mark(),
                "preview": self._draw(revision),
                "readers": readers,
                "button": button,
                "delay": tell_delay(revision_sudo.type_id.reading_days),
            },
            status=422 if errors or notice else 200,
        )

    def _draw(self, revision):
        """What people will read, and where the answer to a question will stand."""
        questions = revision._get_model()._list_first_questions()
        holes = {
            code: request.env._(
                "%(what)s: question %(number)s",
                what=question.hole[0].upper() + question.hole[1:],
                number=rank,
            )
            for rank, (code, question) in enumerate(questions, 1)
            if not revision._tell_first_answer(question)
        }
        if "line" in holes:
            holes["summary"] = holes.pop("line")
        return draw_preview(revision, holes=holes)

    # ------------------------------------------------------------
    # Answered
    # ------------------------------------------------------------

    def _save(self, revision):
        posted = Posted.from_request()
        form = ContributionForm(revision, posted)
        place = number(posted.text("_place", 5), 1)
        refusal = check_sent(posted)
        if not refusal and revision.sudo().state not in EDITABLE:
            if is_repeated(posted):
                return redirect(f"/my/contributions/{revision.id}?fait=envoye")
            refusal = request.env._(
                "This was sent meanwhile, and is being read. What you have just typed is "
                "below: take your change back in another tab, then send it again."
            )
        elif not refusal and posted.text("_mark", 20) != revision._get_mark():
            form.keep(only_images=True)
            refusal = request.env._(
                "This draft was changed meanwhile, in another tab or by somebody else. What "
                "you have typed is below: check it, then press again."
            )
        if refusal:
            form.is_typed = True
            return self._show(revision, form, place, refusal)
        wanted = posted.text("_do", 80)
        if wanted != "skip":
            form.keep()
            if form.errors:
                return self._show(revision, form, place)
        return self._go_on(revision, form, posted, wanted, place)

    def _go_on(self, revision, form, posted, wanted, place):
        if wanted == "send":
            return self._send(revision, form, posted)
        act, _dot, name = wanted.partition(".")
        if act == "add" and name in form.options:
            url = f"{self._get_url(revision)}?question={place}&ligne={name}#f-{name}"
            return redirect(url)
        if act == "go":
            return redirect(self._get_url(revision, number(name, 1)))
        lacking = self._find_lacking_words(revision, form, place) if act == "next" else {}
        if lacking:
            form.errors |= lacking
            form.posted = None
            return self._show(revision, form, place)
        if act == "later":
            return redirect(f"/my/contributions/{revision.id}?fait=garde")
        return redirect(self._get_url(revision, place + 1))

    def _find_lacking_words(self, revision, form, place):
        """The words of a picture are asked beside it, not at the end."""
        questions = revision._get_model()._list_first_questions()
        names = questions[place - 1][1].names if 0 < place <= len(questions) else ()
        words = {options.get("alt") for options in form.options.values()} & set(names)
        faults = revision._get_faults() if words else {}
        return {name: faults[name] for name in words if name in faults}

    def _send(self, revision, form, posted):
        """Everything at once; what is wrong opens its question again."""
        questions = revision._get_model()._list_first_questions()
        end = len(questions) + 1
        try:
            with request.env.cr.savepoint():
                revision.action_submit(posted.text("message", 2000))
        except ContentErrors as refused:
            form.errors |= refused.errors
            places = (
                rank
                for rank, (_code, question) in enumerate(questions, 1)
                if set(question.names) & set(refused.errors)
            )
            place = next(places, None)
            if place is None:
                return redirect(f"/my/contributions/{revision.id}")
            form.posted = None
            return self._show(revision, form, place)
        except RevisionConflict:
            return redirect(f"/my/contributions/{revision.id}/conflit")
        except UserError as refused:
            return self._show(revision, form, end, str(refused))
        claim(posted)
        return redirect(f"/my/contributions/{revision.id}?fait=envoye")

    @http.route(f"{PATH}/apercu", **POST)
    def preview(self, revision_id, **kwargs):
        """What is typed and not kept yet, for the script."""
        revision = self._find(revision_id)
        posted = Posted.from_request()
        if check_sent(posted) or revision.sudo().state not in EDITABLE:
            raise NotFound()
        with request.env.cr.savepoint() as savepoint:
            ContributionForm(revision, posted).keep()
            drawn = self._draw(revision)
            savepoint.rollback()
            request.env.invalidate_all(flush=False)
        return not_cached(request.make_response(drawn, [("Content-Type", "text/html")]))
