from odoo.tools import LazyTranslate

from odoo.addons.procedure_form.engine.definition import CHAR_MAX, Refused
from odoo.addons.procedure_form.engine.parsing import check_length, clean, several, single
from odoo.addons.procedure_form.field_types import CHOICE, FieldType
from odoo.addons.procedure_form.field_types.selection import get_raw_words, read_choice

_lt = LazyTranslate(__name__)

# Ticked one by one, on a phone too; above, one row of a block for each choice.
TICKED_MAX = 200


class ListType(FieldType):
    """A row of a shared list: {"value", "label"}, and the "words" of a row to be specified.

    The list is read when the form is filled in; the label stays on the request as it was.
    """

    code = "list"
    label = _lt("Choice in a shared list")
    explanation = _lt("One row of a long list, such as streets or schools, loaded from a file")
    sequence = 3
    widget = "searched"
    group = "choice"
    icon = "fa-list-alt"
    record_settings = {"list_id": _lt("Shared list")}
    operators = CHOICE
    # What a condition may name is asked of the list before publication.
    is_text = True
    is_said_in_mail = True
    # Streets, bus stops, sectors of a school: nobody knows what a list holds.
    tells_where = True

    def parse(self, field, raw, lookups):
        text = clean(single(raw.get(field.key)))
        return self._read(field, raw, text, lookups) if text else None

    def _read(self, field, raw, text, lookups):
        """A row by its value, or by its words, that a person types."""
        check_length(text, CHAR_MAX)
        find = lookups.find_record
        found = find(field, text, lookups.answers) if find else None
        if not found:
            raise Refused("not_in_list", typed=text[:60])
        if "refused" in found:
            raise Refused(found["refused"], **found["params"])
        choice = read_choice(field, raw, found["id"])
        words = {"words": choice["words"]} if isinstance(choice, dict) else {}
        return {"value": found["id"], "label": found["label"], **words}

    def to_raw(self, field, value):
        return {field.key: value["value"], **get_raw_words(field, _with_words([value]))}

    def get_input_names(self, question, name):
        return [name, *(f"{name}.{row.value}" for row in question._get_free_choices())]

    def find_wordless(self, field, raw):
        """The row to be specified whose words are what is wrong; None when it is another thing."""
        for value in several(raw.get(field.key)):
            try:
                read_choice(field, raw, value)
            except Refused:
                return value
        return None

    def comparable(self, field, value):
        return [value["value"]]

    def leave_words_out(self, value):
        return {name: words for name, words in value.items() if name != "words"}

    def get_missing_sentence(self, env):
        return env._("Choose one of the answers of the list.")

    def get_error_sentence(self, env, problem):
        params = dict(problem.params)
        if problem.code == "not_in_list":
            return env._(
                "“%(typed)s” is not in the list. Check how it is written, or choose a name that "
                "is proposed.",
                **params,
            )
        if problem.code == "row_ended":
            return env._(
                "“%(label)s” is no longer proposed since %(day)s. Choose another answer.", **params
            )
        if problem.code == "row_to_come":
            return env._(
                "“%(label)s” is proposed from %(day)s only. Choose another answer.", **params
            )
        if problem.code == "row_elsewhere":
            return env._(
                "“%(label)s” does not go with your answer “%(parent)s”. Choose another one.",
                **params,
            )
        if problem.code == "too_many_ticked":
            return env._("Choose %(max)s answers at most.", **params)
        if problem.code == "no_words":
            return env._("Specify your answer in a few words.")
        return super().get_error_sentence(env, problem)

    def format(self, question, value):
        if not value.get("words"):
            return value["label"]
        return f"{value['label'].rstrip(' \xa0:…')}\xa0: {value['words']}"

    def get_value_words(self, question, value):
        return question.sudo().list_id._get_labels([value]).get(value, value)

    get_condition_words = get_value_words

    def index(self, question, value, communes):
        words = [value["words"]] if value.get("words") else []
        return [{"value_text": text} for text in (value["label"], *words)]

    # ------------------------------------------------------------
    # Rows to choose from
    # ------------------------------------------------------------

    def find_choices(self, question, partner, answers):
        return question._find_list_choices(answers)

    def get_choices_key(self, question, answers):
        parents = question._get_list_parents(answers)
        return self.code, question.sudo().list_id.id, parents and tuple(sorted(parents))


class ListsType(ListType):
    """Several rows of a shared list."""

    code = "lists"
    label = _lt("Several choices in a shared list")
    explanation = _lt("Several rows of a list, such as activities, loaded from a file")
    sequence = 4
    icon = "fa-th-list"
    is_counted = is_several = True

    def parse(self, field, raw, lookups):
        """Each one once, in the same order whatever the order of the ticks."""
        ticked = several(raw.get(field.key))
        if len(ticked) > TICKED_MAX:
            raise Refused("too_many_ticked", max=TICKED_MAX)
        chosen = {}
        for text in ticked:
            row = self._read(field, raw, text, lookups)
            chosen[row["value"]] = row
        return [chosen[value] for value in sorted(chosen)] or None

    def to_raw(self, field, value):
        values = [each["value"] for each in value]
        return {field.key: values, **get_raw_words(field, _with_words(value))}

    def comparable(self, field, value):
        return [each["value"] for each in value]

    def leave_words_out(self, value):
        leave = super().leave_words_out
        return [leave(each) for each in value]

    def get_missing_sentence(self, env):
        return env._("Choose at least one answer.")

    def format(self, question, value):
        say = super().format
        return ", ".join(say(question, each) for each in value)

    def index(self, question, value, communes):
        index = super().index
        return [row for each in value for row in index(question, each, communes)]


def _with_words(rows):
    return [row for row in rows if row.get("words")]


LIST_TYPE = ListType()
LISTS_TYPE = ListsType()
