from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.territory_base import clock
from odoo.addons.website_parts.tools.day import show_day, show_moment

from ..pages.request_files import RequestFiles
from ..pages.timeline import WAITING, Timeline

# Entered by the service in her place: the same in the time line.
SAME = {"receive": "complete"}


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    event_ids = fields.One2many(
        "website.procedure.event", "request_id", readonly=True, groups=fields.NO_ACCESS
    )

    def _transition(self, name, *args, **kwargs):
        request_sudo = super()._transition(name, *args, **kwargs)
        kind = SAME.get(name, name)
        if kind in request_sudo._get_event_titles():
            request_sudo._tell_event(kind)
        return request_sudo

    def _ask_lacking(self, until):
        result = super()._ask_lacking(until)
        if self.state == "to_complete":
            self._tell_event("ask_completion")
        return result

    def _tell_event(self, kind):
        """In superuser mode."""
        self.env["website.procedure.event"].create({"request_id": self.id, "kind": kind})

    def write(self, vals):
        before = {request.id: request.step_id for request in self} if "step_id" in vals else {}
        result = super().write(vals)
        moved = self.filtered(
            lambda request: request.id in before and before[request.id] != request.step_id
        )
        self.env["website.procedure.event"].sudo().create(
            [
                {"request_id": request.id, "kind": "step", "step_id": request.step_id.id}
                for request in moved
                if request.step_id.is_public
            ]
        )
        return result

    # ------------------------------------------------------------
    # The applicant's page: values that the template renders. All in superuser mode, once it is
    # checked who reads, in her language and time zone.
    # ------------------------------------------------------------

    def _prepare_portal_values(self, base_url, by=None):
        """Hook: what the page of the request shows, but for what its forms take in.

        :param base_url: address of the page
        :param by: the signed-in applicant; empty for a visitor who showed number and code
        :return: dict: name in the template (`view`) → value: `super()` and yours
        """
        self.ensure_one()
        # Without an account, nobody is named as the giver.
        person = by or self.applicant_id.browse()
        decision, former = self._prepare_portal_decisions()
        sentences, link = self._get_next()
        due = show_day(self.env, self.date_due)
        is_due_said = bool(due) and any(due in sentence for sentence in sentences)
        concerned = self.acting_for_id | self.subject_ids
        return {
            "title": self._get_title(),
            "number": self.number,
            "settled": self._get_settled_sentences(),
            "sent_on": show_moment(self.env, self.date_submitted),
            "tag": self._get_tag(),
            "sentence": self.with_context(is_due_said=is_due_said)._status_sentence(),
            "other_parent": by and self._get_other_parent_sentence(by),
            "next": sentences,
            "next_link": link,
            "suggested": [
                (f"/demarches/{procedure.slug}", procedure.name)
                for procedure in self._get_suggested_procedures()
            ],
            "timeline": self._get_timeline(),
            "decision": decision,
            "former_decisions": former,
            "blocks": self._prepare_portal_blocks(by),
            # Another delegate of the organisation does not learn who filed.
            "applicant": self.applicant_name if person == self.applicant_id else "",
            "concerns": ", ".join(concerned.mapped("name")),
            "answers": self._get_answer_sections(),
            "documents": [
                line._prepare_portal_values(base_url, person)
                for line in self.document_line_ids.with_context(bin_size=True)
                if line.document_id
            ],
            "can_cancel": self.state in self._get_transitions()["cancel"].before,
            "service": self.service_id,
            "acknowledgment_url": self._get_acknowledgment_url(),
        }

    def _get_cancel_sentences(self):
        """Hook: what its cancellation does besides, said before it is confirmed. In superuser
        mode."""
        return []

    def _get_title(self):
        """Hook: what its page and the lists of the applicant call it. In superuser mode, in one
        line."""
        self.ensure_one()
        return self.procedure_id.name

    def _get_portal_notices(self):
        """Hook: what the page says after each act (`fait` in its address): `super()` and yours."""
        return {
            "recu": self.env._("Well received, thank you. We look at your request again."),
            "message": self.env._("Your message is sent."),
            "annule": self.env._("Your request is cancelled."),
            "fait": self.env._("It is done."),
        }

    def _prepare_portal_blocks(self, by=None):
        """Hook: blocks of a service addon on the page of the applicant, under what is asked.

        :param by: as in `_prepare_portal_values`
        :return: list of dict: `name` (word of the address), `title`, `template` (XML id, called
            with `block`), `values`, and `acts`: list of (name of a transition of the applicant,
            words of its button); `is_quiet` where nobody waits for them. `super()` and yours
        """
        self.ensure_one()
        return []

    def _take_portal_turn(self):
        """A button pressed twice at once: the second waits until the first is done, then tells
        what was done, and not that somebody else is handling the request.

        No ERROR in the log: a double click is ordinary.

        :raise SerializationFailure: it has just changed; Odoo plays this again
        """
        self.env["public.guard"]._take_turn("procedure.act", str(self.id))
        query = "SELECT FROM procedure_request WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED"
        self.env.cr.execute(SQL(query, self.id), log_exceptions=False)

    def _run_portal_act(self, name, by=None):
        """Do what a button of a block does.

        :raise UserError: no block offers it now, or the transition is refused
        """
        self.ensure_one()
        offered = {
            act for block in self._prepare_portal_blocks(by) for act, _words in block["acts"]
        }
        if name not in offered or self._get_transitions()[name].actor != "applicant":
            raise UserError(self._get_too_late_sentence())
        self._run_transition(name, by=by)

    def _prepare_portal_decisions(self):
        """The answer in force, and those that a reopening put aside."""
        if self.state == "cancelled":
            return None, []
        decisions = self.decision_ids
        former = [
            decision._prepare_portal_values() for decision in decisions if not decision.active
        ]
        current = decisions.filtered("active")[:1]
        return current and current._prepare_portal_values(), former

    # ------------------------------------------------------------
    # Where it stands, in plain words
    # ------------------------------------------------------------

    @api.model
    def _get_tags(self):
        """Hook: a word and a tone for each state: the colour never speaks alone.

        :return: dict: value of `state` → dict(tone, label); tone: `neutre`, `cours` (in progress),
            `moi` (her turn), `ok`, `non`
        """
        return {
            "draft": {"tone": "neutre", "label": self.env._("Begun")},
            "submitted": {"tone": "cours", "label": self.env._("Sent")},
            "in_review": {"tone": "cours", "label": self.env._("We are looking at it")},
            "to_complete": {"tone": "moi", "label": self.env._("Your turn to answer")},
            "waiting_list": {"tone": "cours", "label": self.env._("On the waiting list")},
            "accepted": {"tone": "ok", "label": self.env._("Accepted")},
            "accepted_conditionally": {
                "tone": "ok",
                "label": self.env._("Accepted, with conditions"),
            },
            "refused": {"tone": "non", "label": self.env._("Refused")},
            "dropped": {"tone": "neutre", "label": self.env._("Closed without an answer")},
            "cancelled": {"tone": "neutre", "label": self.env._("Cancelled by you")},
            "closed": {"tone": "ok", "label": self.env._("Finished")},
        }

    def _get_tag(self):
        """Of a state without words of its own: its name for the staff."""
        self.ensure_one()
        tag = self._get_tags().get(self.state)
        if tag:
            return tag
        tones = {"service": "cours", "other": "cours", "applicant": "moi", "": "neutre"}
        labels = dict(self._fields["state"]._description_selection(self.env))
        waits_for = self._get_states()[self.state].waits_for
        return {"tone": tones[waits_for], "label": labels[self.state]}

    def _get_expected(self):
        """When the answer is likely, from what happened to the others; [] when nobody knows.

        Counted from the day when nothing was missing any more. Past the day that the service gave,
        a guess would contradict it: nothing is said.
        """
        delay = self.procedure_id._get_usual_delay()
        since = self.date_complete
        if not delay or not since or self.state not in WAITING or self._is_answered_at_once():
            return []
        start, today = clock.local_day(since), clock.today()
        likely = fields.Date.add(start, days=delay.median)
        most = fields.Date.add(start, days=delay.most)
        if today > most:
            return [
                self.env._(
                    "This one takes longer than usual. You may write to the service, or call it."
                )
            ]
        if self.date_due and (likely if today <= likely else most) > self.date_due:
            return []
        if today > likely:
            return [
                self.env._(
                    "This one takes a little longer than usual: 8 requests out of 10 are answered "
                    "within %(days)s days, here before %(date)s.",
                    days=delay.most,
                    date=show_day(self.env, fields.Date.add(most, days=1)),
                )
            ]
        words = {
            "usual": self.procedure_id._say_days(delay.median),
            "likely": show_day(self.env, likely),
        }
        if not self.date_due:
            return [
                self.env._(
                    "In general %(usual)s: for this one, around %(likely)s. This is not a promise.",
                    **words,
                )
            ]
        return [
            self.env._(
                "In general %(usual)s: for this one, around %(likely)s, and before %(due)s at "
                "most.",
                due=show_day(self.env, self.date_due),
                **words,
            )
        ]

    def _get_next(self):
        """Hook: what the person can do now. In superuser mode, as the whole page.

        :return: (list of sentences, (address, words) of a link or None)
        """
        state = self.state
        kind = self.decision_ids.filtered("active")[:1].kind
        procedure = self.procedure_id
        again = None
        if procedure._is_open():
            again = (f"/demarches/{procedure.slug}", self.env._("Send a new request"))
        nothing = self.env._("You have nothing to do.")
        if state in WAITING:
            if self.decision_ids:
                nothing = self.env._(
                    "The former answer no longer counts: the service looks at your request again. "
                    "You have nothing to do."
                )
            return [nothing, *self._get_expected()], None
        if state == "waiting_list":
            sentences = [
                self.env._("You have nothing to do: we write to you as soon as there is a place.")
            ]
            rank = self._get_waiting_rank()
            if rank:
                sentences.insert(
                    0, self.env._("Your place on the list today: number %(rank)s.", rank=rank)
                )
            return sentences, None
        known = self.env["procedure.decision"]._get_facts(kind)
        if known.next_words:
            return [self.env._(known.next_words)], again if known.refuses else None
        if state == "refused" or kind == "refused":
            return [
                self.env._(
                    "You do not agree? Write to the service below, or use the ways of appeal. If "
                    "your situation changes, send a new request."
                )
            ], again
        if other := self._get_handled_under():
            words = {"number": other.number}
            sentence = self.env._("We handle it under the number %(number)s.", **words)
            return [sentence], (other._get_url(), self.env._("Follow %(number)s", **words))
        if state in ("dropped", "cancelled"):
            return [self.env._("To ask again, send a new request.")], again
        return [], None

    def _get_waiting_rank(self):
        """Her place on the waiting list, where the procedure shows it; else 0.

        Called in superuser mode, once it is checked that the request may be read.
        """
        self.ensure_one()
        if not self.procedure_id.shows_waiting_rank:
            return 0
        rank, _count = self._get_waiting_ranks().get(self, (0, 0))
        return rank

    def _get_timeline(self):
        return Timeline(self).get_rows()

    def _get_past_rows(self):
        """Hook: what happened since it was sent, in any order: `super()` and yours.

        :return: list of dict(kind, moment, title), `icon` and `text` if any
        """
        rows = [self._get_event_row(event) for event in self.event_ids]
        rows += [
            self._get_decision_row(decision.kind, decision.date) for decision in self.decision_ids
        ]
        return [row for row in rows if row]

    def _get_event_titles(self):
        """Hook: what the time line tells of each transition. One that is not here is not told;
        decisions have rows of their own.

        :return: dict: name of the transition → (title, icon)
        """
        service = self.service_id._get_name_said(is_first=True) or self.env._("The service")
        return {
            "take": (self.env._("%(service)s is in charge of it", service=service), "check"),
            "ask_completion": (self.env._("We asked you for something"), "pencil"),
            "complete": (self.env._("You sent what was missing"), "check"),
            "waiting_list": (self.env._("Your request went on the waiting list"), "check"),
            "cancel": (self.env._("You cancelled the request"), "x"),
            "close": (self.env._("It is finished"), "check"),
            "reopen": (self.env._("We look at your request again"), "check"),
        }

    def _get_event_row(self, event):
        text = ""
        if event.kind == "step":
            title, text = self._get_step_words(event.step_id)
            icon = event.step_id.is_public and "check"
        else:
            title, icon = self._get_event_titles().get(event.kind, ("", None))
        if not icon:
            return None
        row = {"kind": event.kind, "moment": event.date, "title": title, "icon": icon}
        return {**row, "text": text} if text else row

    def _get_asked_promise(self):
        """Hook: what becomes of it as long as something is awaited of its applicant, said beside
        the day. In superuser mode."""
        self.ensure_one()
        return self.env._("Your request stays open, nothing is lost.")

    def _get_decision_row(self, kind, moment):
        Decision = self.env["procedure.decision"]
        titles = Decision._get_portal_titles()
        return {
            "kind": "decision",
            "moment": moment,
            "title": titles.get(kind) or self._get_tag()["label"],
            "icon": "check" if kind in Decision._get_kinds_that("gives") else "x",
        }

    def _get_now_titles(self):
        """Hook: what is being done, in each open state.

        :return: dict: value of `state` → title in the time line
        """
        return {
            "submitted": self.env._("The service will read it"),
            "in_review": self.env._("We are looking at the request"),
            "to_complete": self.env._("We are waiting for your answer"),
            "waiting_list": self.env._("Your request is on the waiting list"),
        }

    def _make_given_files(self, visit, giver, base_url):
        """The files that this person gives to the request, until they leave with an answer.

        In superuser mode, once it is checked that she may answer it.

        :param visit: `website_parts.tools.web.Visit`
        :param giver: partner; none for the one who shows the number and the code
        :param base_url: of the page of the request
        """
        self.ensure_one()
        return RequestFiles(self, visit, giver, base_url)
