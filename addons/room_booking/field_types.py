from odoo.tools import LazyTranslate

from odoo.addons.procedure_form.field_types import CHOICE, RecordType

_lt = LazyTranslate(__name__)


def read_number(text):
    """0: it is none."""
    return int(text) if text.isascii() and text.isdigit() else 0


class RoomType(RecordType):
    """A room that is asked by this procedure. Its conditions and prices name it by its number."""

    code = "room"
    label = _lt("Room of a commune")
    explanation = _lt("One of the rooms that this procedure lets")
    group = "number"
    sequence = 6
    icon = "fa-home"
    is_said_in_mail = True
    in_block = False
    operators = CHOICE
    model = "room.room"

    def comparable(self, field, value):
        return [str(value["id"])]

    def can_hold(self, field, wanted, excluded):
        return not wanted or bool(set.intersection(*wanted) - excluded)

    def is_reachable(self, field, named):
        """Its rooms are not known here: what is no number is none of them."""
        return all(map(read_number, named))

    def get_value_words(self, question, value):
        room_sudo = question.env["room.room"].sudo().browse(read_number(value)).exists()
        return room_sudo.name or value

    def get_condition_words(self, question, value):
        return self.get_value_words(question, value)

    def get_missing_sentence(self, env):
        return env._("Choose a room.")

    def find_choices(self, question, partner, answers):
        procedure = question.version_id.procedure_id
        rooms_sudo = question.env["room.room"].sudo().search([("procedure_id", "=", procedure.id)])
        return {room.id: room._get_choice_label() for room in rooms_sudo}

    def get_choices_key(self, question, answers):
        return self.code, question.version_id.procedure_id.id

    def get_examples(self, env):
        return [env._("Village hall, 120 persons")]


ROOM_TYPE = RoomType()
