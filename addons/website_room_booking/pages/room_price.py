"""What a duration costs, read on the page of a room before anything is typed."""


class RoomPrice:
    """:param room_sudo: read in superuser mode, see `RoomMonth`
    :param asking: who reads and the organisations in whose name she may ask; empty for a visitor
    """

    def __init__(self, room_sudo, asking=None):
        self.env = room_sudo.env
        self.room = room_sudo
        self.version = room_sudo.procedure_id.version_id
        self.asking = asking or ()
        self.kinds = self.version.tariff_who_ids.sorted()

    def say(self, day, period):
        """Her price, or that of each kind of applicant; nothing as long as an answer lacks that
        it depends on."""
        if not self.version.tariff_ids:
            return ""
        answers = {
            "room": {"id": self.room.id, "label": self.room._get_choice_label()},
            "room_day": day.isoformat(),
            "room_period": period,
        }
        totals = {self._get_total(answers, who) for who in self.who}
        if not totals or None in totals:
            return ""
        Line = self.env["procedure.price.line"]
        lowest, highest = Line._say(min(totals)), Line._say(max(totals))
        if lowest == highest:
            return lowest
        return self.env._(
            "from %(lowest)s to %(highest)s, depending on who asks",
            lowest=lowest,
            highest=highest,
        )

    def _get_total(self, answers, who):
        """None too where no tariff says anything: it is not free for that."""
        lines = self.version._reckon(answers, who)
        return self.version._get_price_total(lines) if lines else None

    @property
    def who(self):
        """Keys of the kinds of applicants that she may be; all of them when nobody can say."""
        if not hasattr(self, "_who"):
            self._who = self._find_who()
        return self._who

    def _find_who(self):
        found = {self._find_kind(each) for each in self.asking}
        if found and None not in found:
            return found
        every = set(self.kinds.mapped("key"))
        return every if self.version._names_everybody() else {*every, ""}

    def _find_kind(self, partner):
        Request = self.env["procedure.request"]
        vals = {"applicant_id": partner.id, "service_id": self.room.service_id.id}
        return self.kinds._find(Request._get_tariff_applicant(vals))
