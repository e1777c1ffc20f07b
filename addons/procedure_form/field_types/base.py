"""What a type of question is: the contract of a class, and what most types share."""

from odoo.tools import LazyTranslate

from ..engine.definition import CHAR_MAX, Refused
from ..engine.parsing import clean, several, single

_lt = LazyTranslate(__name__)

# The tests that a condition may make on an answer.
ANSWERED = ("set", "not set")
EXACT = ("=", "!=", *ANSWERED)
CHOICE = ("=", "!=", "in", *ANSWERED)
ORDERED = ("=", "!=", "<", "<=", ">", ">=", *ANSWERED)
YES = ("=", *ANSWERED)


class FieldType:
    """A type of question, in one class of one file. No ORM: an instance holds nothing.

    Given to the form by `procedure.field.types._get_types()`, that an addon extends. The defaults
    are those of a short text. Two kinds of methods:

    - those of the engine take a `field` (`engine.Field`) and plain values, and read no database;
    - those that take a `question` (a record of `procedure.field`) say it in the language of its
      environment, in the mode of the caller.
    """

    # Stable: written in the definitions. Never that of another type.
    code = ""
    label = ""
    explanation = ""
    # In the palette of the builder: group (one of its `GROUPS`), place there, icon, settings,
    # tests of a condition.
    group = "text"
    sequence = 50
    icon = "fa-font"
    settings = ()
    # Settings that name a record: dict many2one of the question -> its name in the panel.
    record_settings = {}
    operators = ANSWERED
    # Names of its words and of its help, in the panel of the builder.
    words_label = _lt("Question")
    help_label = _lt("Help under the question")

    # Codes of `procedure.field.prefill` from which its first answer may come.
    prefills = ()
    # How a form draws it: its widget (`_prepare_<widget>` of the form page); of a line, how wide it
    # is (1 to 4; 0: the whole width) and what the browser is told of it.
    widget = "line"
    size = 0
    attributes = {}
    # Its choices are completed in the household.
    is_of_household = False
    # On paper: how many lines a hand needs, where no choice is printed; 0: as its widget says.
    paper_lines = 0

    # What it holds: "answer", "rows" (of a block), "files", "result" (computed), "nothing".
    holds = "answer"
    # "page" or "section": hides what is below, up to the next one.
    starts = ""
    # Shown, it ends the form: nothing is filed.
    ends = False
    # May be asked in each row of a block.
    in_block = True
    # Asked of people with an account only.
    needs_account = False
    # Its answers are persons, whom the request is about.
    names_persons = False
    # Model of the record that its answer designates, which is not deleted as long as it does. Its
    # rows are deleted by the ORM only: none of its many2one says `ondelete="cascade"`.
    model = ""
    # Parts of an answer of several inputs: `key.part` each.
    parts = ()
    # Each input may hold several values.
    is_several = False
    # Chosen among the words of the form: a mail may repeat it.
    is_said_in_mail = False
    # Neither engages who answers nor is worth stealing: it may be proposed to her again.
    is_recalled = True
    # Says, or may say, where one lives, with whom, or how one is reached: one separated parent
    # never reads it of the other.
    tells_where = False
    # Whom it names are children for whom she acts: their other parent may sign.
    asks_children = False
    # Typed in one input: the builder tries an answer.
    is_typed = False
    # Characters that the site reads of an input.
    length_sent = None
    # Its answer says where: dict with `insee`.
    is_place = False
    # Its choices are the options of the question.
    has_options = False
    # Compared by < and >: `to_number` says by which number; a number of a formula; a day.
    is_ordered = False
    is_whole = True
    is_number = False
    # In euros: what is worked out of it may be said so.
    is_money = False
    is_day = False
    # A formula counts its parts.
    is_counted = False
    # Characters at most; on several lines.
    length_max = CHAR_MAX
    multiline = False
    # What the builder gives to write the value of a condition: text, number, date, time.
    condition_input = "text"
    # On paper too, its hint helps.
    is_hint_printed = True
    # Answers of any text can be named by a condition.
    is_text = False
    # What is said of the problems of `check_settings`: dict code -> sentence, `%(label)s` is the
    # question; the other names are those of the parameters of the problem.
    problem_words = {}

    # ------------------------------------------------------------
    # Engine: what is typed, what is kept
    # ------------------------------------------------------------

    def parse(self, field, raw, lookups):
        """The typed answer, which JSON holds; None without answer.

        :param raw: what was typed, by input name
        :param lookups: `today`, `commune(text)`, `record(field, text)`, and the `answers` above
        :raise Refused: what was typed is no answer
        """
        text = clean(single(raw.get(field.key)), multiline=self.multiline)
        return self.parse_text(field, text, lookups) if text else None

    def parse_text(self, field, text, lookups):
        """The same, of one input that holds something."""
        return text

    def to_raw(self, field, value):
        """What the inputs hold to show this typed answer: dict input name -> str or list.
        `parse` reads it back equal."""
        return {field.key: str(value)}

    def get_input_names(self, question, name):
        """Names of the inputs of this question.

        :param name: that of the question, in its row of a block too
        """
        return [f"{name}.{part}" for part in self.parts] if self.parts else [name]

    # ------------------------------------------------------------
    # Engine: conditions, formulas, checks before publication
    # ------------------------------------------------------------

    def comparable(self, field, value):
        """What a typed answer is compared by: list, never empty."""
        return [value] if isinstance(value, str) else ["-"]

    def expected(self, field, values):
        """What a condition names, in the same words, but what cannot be read."""
        return values

    def can_hold(self, field, wanted, excluded):
        """Whether an answer may be in each of the sets `wanted` and not in `excluded`."""
        if self.is_text:
            return not wanted or bool(set.intersection(*wanted) - excluded)
        return not wanted

    def is_reachable(self, field, named):
        """Whether an answer may have each value that a condition names."""
        return self.is_text

    def get_range(self, field):
        """The least and the greatest number, of what is ordered or counted; else None."""
        return None

    def to_number(self, value):
        """Of what is ordered: the number by which it is compared."""
        return value

    def to_fraction(self, value):
        """Of a number: its exact value in a formula; None when it is none."""
        return None

    def count(self, value):
        """How many parts a formula counts in this answer."""
        return len(value)

    def check_settings(self, field):
        """What forbids the publication of this question: yields `Problem`, each with its words in
        `problem_words`."""
        return ()

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def get_attributes(self, question):
        """What the browser is told of its input."""
        return self.attributes

    def get_hint(self, env):
        """What is said below the label, whatever the question; empty when nothing is."""
        return ""

    def get_paper_hint(self, env):
        """What a form on paper says more, where the site gives choices; empty when nothing is."""
        return ""

    def get_examples(self, env):
        """What the preview of a form proposes to choose, where there is nothing to choose from."""
        return []

    def get_missing_sentence(self, env):
        """What to tell beside a required question without answer."""
        return env._("Answer this question.")

    def get_error_sentence(self, env, problem):
        """What to tell beside it, of a problem of its own; empty for those of all types."""
        return ""

    def format(self, question, value):
        """A typed answer as it is read, in one text."""
        return str(value)

    def leave_words_out(self, value):
        """What was chosen of this answer, without what was typed: of what a mail repeats."""
        return value

    def get_lines(self, question, value):
        """(label, text) for each line of what has several; empty for the others."""
        return []

    def get_shown(self, question, value):
        """(label, text) of a typed answer, as it is read in a list of answers."""
        return [(question.label, self.format(question, value))]

    def get_value_words(self, question, value):
        """A value that a condition names, as the builder of the form reads it."""
        return value

    def get_condition_choices(self, env):
        """The only answers that a condition may name, where the question has no options: dict
        value -> words."""
        return {}

    def get_condition_words(self, question, value):
        """The same as the applicant reads it: in the words of the form."""
        labels = {option.value: option.label for option in question.option_ids}
        return labels.get(value, value)

    # ------------------------------------------------------------
    # Index, exports
    # ------------------------------------------------------------

    def index(self, question, value, communes):
        """Rows of `procedure.answer` for this answer: what is searched, and what it links to.

        :param communes: dict INSEE code -> record
        :return: list of dict: `value_text`, `value_number`, `value_date`, `record` (model, id):
            of the `model` of this type
        """
        return [{"value_text": value}]

    def get_cell_reader(self, question):
        """A function from a typed answer to the value of a cell of a table."""
        return lambda value: self.format(question, value)

    def get_line_headers(self, question):
        """Titles of the sheet of its lines, by name; empty for what is one cell."""
        return {}

    def get_line_reader(self, question):
        """A function from a typed answer to the lines of that sheet: list of dict by name."""
        return None

    # ------------------------------------------------------------
    # Records to choose from
    # ------------------------------------------------------------

    def find_choices(self, question, partner, answers):
        """What may be chosen: dict id -> label; see `procedure.field._find_choices`."""
        return {}

    def get_choices_key(self, question, answers):
        """What the choices depend on: the same key gives the same choices."""
        return (self.code,)


class UnknownType(FieldType):
    """The type of an addon that is not installed here: asked no more, its answers are read."""

    holds = "nothing"
    in_block = False

    def __init__(self, code):
        self.code = self.label = code

    def format(self, question, value):
        if isinstance(value, list):
            return ", ".join(self.format(question, each) for each in value)
        return str(value.get("label") or value) if isinstance(value, dict) else str(value)

    def index(self, question, value, communes):
        return []


class RecordType(FieldType):
    """One record, among those that the person may choose."""

    group = "people"
    widget = "records"

    def parse_text(self, field, text, lookups):
        if len(text) > 20:
            raise Refused("too_long", length=len(text), max=20)
        record = lookups.record(field, text)
        if not record:
            raise Refused("not_an_option")
        return record

    def to_raw(self, field, value):
        return {field.key: str(value["id"])}

    def format(self, question, value):
        return value["label"]

    def index(self, question, value, communes):
        return [{"value_text": value["label"], "record": (self.model, value["id"])}]


class RecordsType(RecordType):
    """Several records, among those that the person may choose."""

    is_counted = is_several = True

    def parse(self, field, raw, lookups):
        """Each one once, in the same order whatever the order of the ticks."""
        records = {}
        for text in several(raw.get(field.key))[:100]:
            record = self.parse_text(field, text, lookups)
            records[record["id"]] = record
        return [records[record_id] for record_id in sorted(records)] or None

    def to_raw(self, field, value):
        return {field.key: [str(record["id"]) for record in value]}

    def format(self, question, value):
        return ", ".join(record["label"] for record in value)

    def index(self, question, value, communes):
        return [
            {"value_text": record["label"], "record": (self.model, record["id"])}
            for record in value
        ]
