"""What is known of a state, of a transition and of a kind of decision. Pure data."""

from typing import NamedTuple


class State(NamedTuple):
    # "service": its clock runs; "applicant": something is expected from her; "other": from somebody
    # else; "": nobody, it is not sent yet or it is over. A request is open while it waits for
    # somebody.
    waits_for: str = ""
    # Its column of the kanban is there even when it is empty.
    is_column: bool = False


class Transition(NamedTuple):
    """One way from some states to another: who may, and what comes with it."""

    before: tuple
    after: str
    # "agent": the lead service or a manager; "applicant": who speaks for the request;
    # "law": what a text decides when nobody does; "system": a scheduled job, such as an offer
    # that expires.
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


class DecisionKind(NamedTuple):
    """What a decision does and, where it needs words of its own, what is said of it.

    The words are `_lt(…)`; empty: the pages and the letters say what they say of the others.
    """

    # It gives what was asked: it counts in what a household may have.
    gives: bool = False
    refuses: bool = False
    # Its time limits and ways of appeal are said with it (`_get_appeal_texts`).
    has_appeal: bool = False
    # On the page of the applicant: its title, and what she can do now.
    title: str = ""
    next_words: str = ""
    # In a letter: its title, and the XML id of the template that says it (`record`, `decision`).
    letter_title: str = ""
    letter_template: str = ""
    # That template is the whole letter, which the service attests: nobody signs it.
    is_attested: bool = False

    @property
    def is_answer(self):
        """A request closed without one says nothing of how long an answer takes."""
        return self.gives or self.refuses
