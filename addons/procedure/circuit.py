"""What is known of a state and of a transition. Pure data: the words are methods of the request."""

from typing import NamedTuple


class State(NamedTuple):
    # "service": its clock runs; "applicant": something is expected from her; "": nobody, it is
    # not sent yet or it is over. A request is open while it waits for somebody.
    waits_for: str = ""
    # Its column of the kanban is there even when it is empty.
    is_column: bool = False


class Transition(NamedTuple):
    """One way from some states to another: who may, and what comes with it."""

    before: tuple
    after: str
    # "agent": the lead service or a manager; "applicant": who speaks for the request;
    # "law": what silence decides; "system": a scheduled job, such as an offer that expires.
    actor: str
    # Kinds of procedures that have it; empty: all of them.
    kinds: tuple = ()
    # Kind of the `procedure.decision` that it writes.
    decision: str = ""
    # Method of the request that does what follows, before the mail and the letter are drawn.
    effect: str = ""
    # XML id of the mail to the applicant.
    mail: str = ""
    needs_reasons: bool = False
    # Who does it has read what the applicant wrote before.
    is_answer: bool = False

    @property
    def is_signed(self):
        """A decision bears the name and the title of its author (CRPA L212-1)."""
        return bool(self.decision) and self.actor == "agent"

    def also_from(self, *states):
        """The same, possible from these states too."""
        return self._replace(before=(*self.before, *states))
