"""Where a request stands, in plain words: its state, its time line, what to do next."""

from odoo import fields
from odoo.http import request
from odoo.tools.misc import format_date

WAITING = ("submitted", "in_review")
REFUSALS = ("refused", "implicit_refused")
# The state says it already: its date goes beside the words of now.
KIND_OF_STATE = {"to_complete": "ask_completion", "waiting_list": "waiting_list"}


def show_moment(moment, with_time=False):
    """A date-time of the database, as people say it."""
    if not moment:
        return ""
    local = fields.Datetime.context_timestamp(request.env.user, moment)
    shown = format_date(request.env, local.date(), date_format="d MMMM y")
    if with_time:
        shown = request.env._(
            "%(date)s, %(time)s", date=shown, time=f"{local.hour}\xa0h\xa0{local.minute:02}"
        )
    return shown


def show_day(day):
    return format_date(request.env, day, date_format="EEEE d MMMM y") if day else ""


def get_tag(state):
    """A word and a tone: the colour never speaks alone."""
    return {
        "draft": {"tone": "neutre", "label": request.env._("Begun")},
        "submitted": {"tone": "cours", "label": request.env._("Sent")},
        "in_review": {"tone": "cours", "label": request.env._("We are looking at it")},
        "to_complete": {"tone": "moi", "label": request.env._("Your turn to answer")},
        "waiting_list": {"tone": "cours", "label": request.env._("On the waiting list")},
        "accepted": {"tone": "ok", "label": request.env._("Accepted")},
        "accepted_conditionally": {
            "tone": "ok",
            "label": request.env._("Accepted, with conditions"),
        },
        "refused": {"tone": "non", "label": request.env._("Refused")},
        "dropped": {"tone": "neutre", "label": request.env._("Closed without an answer")},
        "cancelled": {"tone": "neutre", "label": request.env._("Cancelled by you")},
        "closed": {"tone": "ok", "label": request.env._("Finished")},
    }[state]


def get_expected(request_sudo):
    """When the answer is likely, from what happened to the others; [] when nobody knows.

    Counted from the day when nothing was missing any more. Past the day that the service gave,
    a guess would contradict it: nothing is said.
    """
    delay = request_sudo.procedure_id._get_usual_delay()
    since = request_sudo.date_complete
    if not delay or not since or request_sudo.state not in WAITING:
        return []
    start = fields.Datetime.context_timestamp(request.env.user, since).date()
    today = fields.Date.context_today(request.env.user)
    likely = fields.Date.add(start, days=delay.median)
    most = fields.Date.add(start, days=delay.most)
    if today > most:
        return [
            request.env._(
                "This one takes longer than usual. You may write to the service, or call it."
            )
        ]
    if request_sudo.date_due and (likely if today <= likely else most) > request_sudo.date_due:
        return []
    if today > likely:
        return [
            request.env._(
                "This one takes a little longer than usual: 8 requests out of 10 are answered "
                "within %(days)s days, here before %(date)s.",
                days=delay.most,
                date=show_day(fields.Date.add(most, days=1)),
            )
        ]
    words = {
        "usual": request_sudo.procedure_id._say_days(delay.median),
        "likely": show_day(likely),
    }
    if not request_sudo.date_due:
        return [
            request.env._(
                "In general %(usual)s: for this one, around %(likely)s. This is not a promise.",
                **words,
            )
        ]
    return [
        request.env._(
            "In general %(usual)s: for this one, around %(likely)s, and before %(due)s at most.",
            due=show_day(request_sudo.date_due),
            **words,
        )
    ]


def get_next(request_sudo):
    """What the person can do now: (sentences, (address, words) or None)."""
    state = request_sudo.state
    kind = request_sudo.decision_ids.filtered("active")[:1].kind
    procedure = request_sudo.procedure_id
    again = None
    if procedure._is_open():
        again = (f"/demarches/{procedure.slug}", request.env._("Send a new request"))
    nothing = request.env._("You have nothing to do.")
    if state in WAITING:
        if request_sudo.decision_ids:
            nothing = request.env._(
                "The former answer no longer counts: the service looks at your request again. "
                "You have nothing to do."
            )
        return [nothing, *get_expected(request_sudo)], None
    if state == "waiting_list":
        sentences = [
            request.env._("You have nothing to do: we write to you as soon as there is a place.")
        ]
        rank = request_sudo._get_waiting_rank()
        if rank:
            sentences.insert(
                0, request.env._("Your place on the list today: number %(rank)s.", rank=rank)
            )
        return sentences, None
    if kind == "implicit_accepted":
        return [
            request.env._(
                "The service did not answer in time: the law says that your request is accepted. "
                "You have a right to a certificate of it: see the letters below, or ask the "
                "service for it."
            )
        ], None
    if kind == "implicit_refused":
        return [
            request.env._(
                "The service did not answer in time: the law says that your request is refused. "
                "You may ask the service for its reasons: it has one month to give them."
            )
        ], again
    if state == "refused" or kind == "refused":
        return [
            request.env._(
                "You do not agree? Write to the service below, or use the ways of appeal. If "
                "your situation changes, send a new request."
            )
        ], again
    if state in ("dropped", "cancelled"):
        return [request.env._("To ask again, send a new request.")], again
    return [], None


def get_timeline(request_sudo):
    """What happened, dated; then now; then what comes."""
    done = _get_past(request_sudo)
    state = request_sudo.state
    if state == "submitted":
        return [*done, _get_now(request_sudo), *_get_coming(request_sudo)]
    if state in request_sudo._get_open_states():
        since = request_sudo.state_date
        if done[-1]["kind"] == KIND_OF_STATE.get(state):
            since = done.pop()["moment"]
        return [*done, _get_now(request_sudo, since), *_get_coming(request_sudo)]
    # Yellow marks what is not over or not agreed to; a happy end is green.
    last = done[-1]
    when = "done" if last.get("icon") == "check" else "now"
    return [*done[:-1], {**last, "when": when, "is_current": True}]


def _get_past(request_sudo):
    sent = {
        "kind": "submit",
        "moment": request_sudo.date_submitted,
        "title": request.env._("You sent the request"),
    }
    rows = [_tell_event(event) for event in request_sudo.event_ids]
    rows += [_tell_decision(decision.kind, decision.date) for decision in request_sudo.decision_ids]
    opinions = request_sudo.opinion_ids.filtered(lambda opinion: opinion.state != "withdrawn")
    if opinions:
        # Who is consulted and what was answered prepare the decision: not said.
        rows.append(
            {
                "kind": "opinion",
                "moment": min(opinions.mapped("create_date")),
                "title": request.env._("We ask for an opinion"),
            }
        )
    rows = [row for row in rows if row]
    state = request_sudo.state
    is_told = {row["kind"] for row in rows}
    if state in ("accepted", "accepted_conditionally", "refused", "dropped"):
        if not request_sudo.decision_ids.filtered("active"):
            rows.append(_tell_decision(state, request_sudo.state_date))
    elif state in ("cancelled", "closed") and not is_told & {"cancel", "close"}:
        rows.append(_tell_state(state, request_sudo.state_date))
    # A decision moves the request to a step in the same second: it comes first.
    rows.sort(key=lambda row: (row["moment"] or request_sudo.date_submitted, row["kind"] == "step"))
    return [
        {
            "when": "done",
            "text": show_moment(row["moment"], with_time=row["kind"] == "submit"),
            **row,
        }
        for row in [sent, *rows]
    ]


def _tell_event(event):
    service = event.request_id.service_id._get_name_said(is_first=True) or request.env._(
        "The service"
    )
    step, text = event.request_id._get_step_words(event.step_id)
    titles = {
        "take": request.env._("%(service)s is in charge of it", service=service),
        "ask_completion": request.env._("We asked you for something"),
        "complete": request.env._("You sent what was missing"),
        "waiting_list": request.env._("Your request went on the waiting list"),
        "cancel": request.env._("You cancelled the request"),
        "close": request.env._("It is finished"),
        "reopen": request.env._("We look at your request again"),
        "step": step,
    }
    if event.kind not in titles or (event.kind == "step" and not event.step_id.is_public):
        return None
    icon = {"cancel": "x", "ask_completion": "pencil"}.get(event.kind, "check")
    row = {"kind": event.kind, "moment": event.date, "title": titles[event.kind], "icon": icon}
    return {**row, "text": text} if text else row


def _tell_state(state, moment):
    title = request.env._("It is finished")
    if state == "cancelled":
        title = request.env._("You cancelled the request")
    icon = "x" if state == "cancelled" else "check"
    return {"kind": state, "moment": moment, "title": title, "icon": icon}


def _tell_decision(kind, moment):
    return {
        "kind": "decision",
        "moment": moment,
        "title": get_decision_title(kind),
        "icon": "check" if "accepted" in kind else "x",
    }


def get_decision_title(kind):
    return {
        "accepted": request.env._("Your request is accepted"),
        "accepted_conditionally": request.env._("Your request is accepted, with conditions"),
        "implicit_accepted": request.env._("Your request is accepted: the delay is over"),
        "refused": request.env._("Your request is refused"),
        "implicit_refused": request.env._("Your request is refused: the delay is over"),
        "dropped": request.env._("Your request is closed without an answer"),
    }[kind]


def _get_now(request_sudo, since=None):
    service = request_sudo.service_id.name or request.env._("The service")
    titles = {
        "submitted": request.env._("The service will read it"),
        "in_review": request.env._("We are looking at the request"),
        "to_complete": request.env._("We are waiting for your answer"),
        "waiting_list": request.env._("Your request is on the waiting list"),
    }
    text = request.env._("Since %(date)s", date=show_moment(since))
    if request_sudo.state == "submitted":
        text = service
    elif request_sudo.state == "to_complete":
        text = request.env._(
            "Since %(date)s. The request stays open, nothing is lost.", date=show_moment(since)
        )
    return {
        "when": "now",
        "icon": "pencil" if request_sudo.state == "to_complete" else None,
        "title": titles[request_sudo.state],
        "text": text,
    }


def _get_coming(request_sudo):
    study = {"when": "next", "icon": "search", "title": request.env._("We look at the request")}
    answer = {"when": "next", "title": request.env._("You get the answer"), "text": ""}
    if request_sudo.date_due and request_sudo.state in WAITING:
        day = show_day(request_sudo._get_due_day())
        answer["text"] = request.env._("By %(date)s at the latest", date=day)
    return [answer] if request_sudo.state in ("in_review", "waiting_list") else [study, answer]
