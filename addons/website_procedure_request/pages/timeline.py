"""Where a request stands: what happened, dated; then now; then what comes."""

from odoo.addons.website_parts.tools.day import show_day, show_moment

WAITING = ("submitted", "in_review")


class Timeline:
    """Drawn from what the request says of itself (`_get_past_rows`, `_get_now_titles`…), in
    superuser mode, once it is checked who reads.
    """

    def __init__(self, request_sudo):
        self.request_sudo = request_sudo
        self.state = request_sudo.state
        self.env = request_sudo.env

    def get_rows(self):
        done = self._get_past()
        if self.state == "submitted":
            return [*done, self._get_now(), *self._get_coming()]
        if self.state in self.request_sudo._get_open_states():
            since = self.request_sudo.state_date
            if self._is_said_by_state(done[-1]["kind"]):
                since = done.pop()["moment"]
            return [*done, self._get_now(since), *self._get_coming()]
        # Yellow marks what is not over or not agreed to; a happy end is green.
        last = done[-1]
        when = "done" if last.get("icon") == "check" else "now"
        return [*done[:-1], {**last, "when": when, "is_current": True}]

    def _is_said_by_state(self, kind):
        """The state says it already: its date goes beside the words of now."""
        transition = self.request_sudo._get_transitions().get(kind)
        return self.state not in WAITING and bool(transition) and transition.after == self.state

    def _get_past(self):
        sent = {
            "kind": "submit",
            "moment": self.request_sudo.date_submitted,
            "title": self.env._("You sent the request"),
        }
        rows = self.request_sudo._get_past_rows()
        state = self.state
        is_told = {row["kind"] for row in rows}
        if state in ("accepted", "accepted_conditionally", "refused", "dropped"):
            if not self.request_sudo.decision_ids.filtered("active"):
                rows.append(
                    self.request_sudo._get_decision_row(state, self.request_sudo.state_date)
                )
        elif state in ("cancelled", "closed") and not is_told & {"cancel", "close"}:
            rows.append(self._get_state_row(state, self.request_sudo.state_date))
        # A decision moves the request to a step in the same second: it comes first.
        rows.sort(
            key=lambda row: (
                row["moment"] or self.request_sudo.date_submitted,
                row["kind"] == "step",
            )
        )
        return [
            {
                "when": "done",
                "text": show_moment(self.env, row["moment"], with_time=row["kind"] == "submit"),
                **row,
            }
            for row in [sent, *rows]
        ]

    def _get_state_row(self, state, moment):
        title = self.env._("It is finished")
        if state == "cancelled":
            title = self.env._("You cancelled the request")
        icon = "x" if state == "cancelled" else "check"
        return {"kind": state, "moment": moment, "title": title, "icon": icon}

    def _get_now(self, since=None):
        service = self.request_sudo.service_id.name or self.env._("The service")
        is_her_turn = self.state in self.request_sudo._get_states_waiting_for("applicant")
        text = self.env._("Since %(date)s", date=show_moment(self.env, since))
        if self.state == "submitted":
            text = service
        elif is_her_turn:
            text = f"{text}. {self.request_sudo._get_asked_promise()}"
        return {
            "when": "now",
            "icon": "pencil" if is_her_turn else None,
            "title": self.request_sudo._get_now_titles().get(self.state)
            or self.request_sudo._get_tag()["label"],
            "text": text,
        }

    def _get_coming(self):
        if self.request_sudo._is_answered_at_once():
            return []
        study = {"when": "next", "icon": "search", "title": self.env._("We look at the request")}
        answer = {"when": "next", "title": self.env._("You get the answer"), "text": ""}
        if self.request_sudo.date_due and self.state in WAITING:
            day = show_day(self.env, self.request_sudo._get_due_day())
            answer["text"] = self.env._("By %(date)s at the latest", date=day)
        waits_for = self.request_sudo._get_states()[self.state].waits_for
        is_studied = self.state not in ("submitted", "to_complete") and waits_for != "other"
        return [answer] if is_studied else [study, answer]
