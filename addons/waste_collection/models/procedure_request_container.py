from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import say_day

from .procedure_request_dwelling import OPENED

# What each kind of request does to the bins and to the occupancy of the dwelling.
DELIVERED = ("arrival", "other_premises", "size_change", "broken", "stolen", "move")
TAKEN_BACK = ("size_change", "broken", "move", "departure")
# What the form calls a kind of premises is the kind of the dwelling.
DWELLING_KINDS = ("secondary", "professional", "lodging", "other")


class ProcedureRequestContainer(models.AbstractModel):
    """What accepting a request does to the bins, and what it wants to know before."""

    _name = "procedure.request.container"
    _description = "Bins of a bin request"

    def _get_missing_moves(self):
        """What this request needs, unless a former acceptance already ordered it."""
        ordered = self.container_move_ids.filtered(lambda move: move.state != "cancelled")
        return [kind for kind in self._get_move_kinds() if kind not in ordered.mapped("kind")]

    def _get_moves_to_order(self):
        """Of what is missing, what accepting it does."""
        kept = self.no_container_back and "take_back"
        return [kind for kind in self._get_missing_moves() if kind != kept]

    def _get_move_kinds(self):
        """What this kind of request does."""
        self.ensure_one()
        kinds = (("take_back", TAKEN_BACK), ("deliver", DELIVERED))
        return [kind for kind, requests in kinds if self.waste_request in requests]

    def _check_container_days(self):
        """A slip in the year plans a round that never comes: {field: sentence}."""
        self.ensure_one()
        last = clock.today() + relativedelta(years=1)
        days = {key: (self.answers or {}).get(key) for key in ("date_in", "date_out")}
        return {
            key: self.env._("This day is more than a year ahead: check the year.")
            for key, day in days.items()
            if day and fields.Date.to_date(day) > last
        }

    def _get_container_problems(self):
        """Sentences: what is to be chosen before this request can be accepted."""
        self.ensure_one()
        missing = self._get_missing_moves()
        former = self._find_container()
        problems = []
        if not self.dwelling_id:
            # A letter may have been entered without it.
            problems.append(self.env._("The address of the bin is missing: ask for it."))
        taken_back = "take_back" in missing and not self.no_container_back
        stolen = self.waste_request == "stolen" and former.state not in (False, "stolen")
        if taken_back or stolen:
            problems += self._get_former_problems(former)
        if taken_back:
            problems += self._get_leaving_problems()
        if "deliver" in missing and not self._get_volume_to_deliver():
            problems.append(self.env._("No rule gives the volume of this bin: choose it."))
        return problems

    def _check_container(self):
        self.ensure_one()
        problems = self._get_container_problems()
        if problems:
            raise UserError(
                self.env._(
                    "Before you accept, in the box “Bin”: %(problems)s",
                    problems=" ".join(problems),
                )
            )

    def _order_container(self):
        self.ensure_one()
        self._check_container()
        to_order = self._get_moves_to_order()
        former = self._find_container()
        self.container_id = former
        if "take_back" in to_order:
            self._log_leaving()
            self._order_move("take_back", former, self.dwelling_id)
        if self.waste_request == "stolen" and former.state not in (False, "stolen"):
            former.state = "stolen"
        if "deliver" in to_order:
            volume = self._get_volume_to_deliver()
            dwelling = self._get_dwelling_to_deliver()
            container = self.env["waste.container"]._reserve(self.service_id, volume)
            container.write(
                {"state": "to_deliver", "dwelling_id": dwelling.id, "request_id": self.id}
            )
            self._order_move("deliver", container, dwelling)
        if to_order:
            self._set_container_stage("to_prepare")
        self._update_occupancy()

    def _get_volume_to_deliver(self):
        return self.container_volume or self.container_volume_proposed

    def _get_dwelling_to_deliver(self):
        return self.new_dwelling_id or self.dwelling_id

    def _order_move(self, kind, container, dwelling):
        return self.env["waste.container.move"].create(
            {
                "kind": kind,
                "container_id": container.id,
                "dwelling_id": dwelling.id,
                "request_id": self.id,
            }
        )

    def _find_container(self):
        """The bin that the request is about: chosen by the agent, named by the applicant, or
        the only one at the address."""
        self.ensure_one()
        if self.container_id or not self.dwelling_id:
            return self.container_id
        present = self.env["waste.container"].search(
            [("dwelling_id", "=", self.dwelling_id.id), ("state", "=", "delivered")]
        )
        number = (self.answers or {}).get("container_number", "").casefold()
        if number:
            return present.filtered(lambda container: container.number.casefold() == number)
        return present if len(present) == 1 else present.browse()

    def _get_former_problems(self, container):
        if not container:
            return [
                self.env._(
                    "Which bin is taken back? Choose it, add it with its number, or tick “No bin "
                    "to take back”."
                )
            ]
        if container.state != "delivered" or container.service_id != self.service_id:
            return [
                self.env._(
                    "Bin %(number)s is not at an address: choose another one.",
                    number=container.number,
                )
            ]
        return []

    def _get_dwelling_kind(self):
        self.ensure_one()
        if self.waste_request == "other_premises":
            answer = (self.answers or {}).get("dwelling_kind")
            return answer if answer in DWELLING_KINDS else "other"
        if self.waste_request in OPENED:
            return "main"
        return self.dwelling_id.kind or "main"

    def _get_container_persons(self):
        """A second home or an office has no household: it counts for one person."""
        self.ensure_one()
        default = 1 if self.waste_request == "other_premises" else 0
        answers = self.answers or {}
        persons = answers.get("household_size") or default
        # She may have written more children than persons.
        infants = min(answers.get("infants") or 0, max(persons - 1, 0))
        return persons + infants * (self.procedure_id.infant_persons - 1)

    def _set_container_stage(self, stage):
        for request in self:
            step = request.procedure_id.step_ids.filtered(
                lambda step: step.container_stage == stage
            )
            if step:
                request.step_id = step

    def _get_container_step_words(self, stage):
        """A step of the bin, by what is done: who gives one back reads nothing of a delivery."""
        self.ensure_one()
        titles = {
            "to_prepare": {
                "deliver": self.env._("We prepare your bin"),
                "take_back": self.env._("We prepare the collection of your bin"),
                "both": self.env._("We prepare your new bin, and the collection of the former one"),
            },
            "planned": {
                "deliver": self.env._("Delivery planned"),
                "take_back": self.env._("Collection planned"),
                "both": self.env._("Delivery and collection planned"),
            },
            "done": {
                "deliver": self.env._("Your bin is there"),
                "take_back": self.env._("Your bin is taken back"),
                "both": self.env._("Your new bin is there, the former one is taken back"),
            },
        }
        if stage not in titles:
            return None
        moves_sudo = self.sudo().container_move_ids.filtered(lambda move: move.state != "cancelled")
        name = {"planned": "date_planned", "done": "date_done"}.get(stage)
        dated_sudo = moves_sudo.filtered(name) if name else moves_sudo.browse()
        # What a reopened request had ordered is cancelled.
        kinds = set((dated_sudo or moves_sudo).mapped("kind")) or set(self._get_move_kinds())
        title = titles[stage]["both" if len(kinds) == 2 else kinds.pop()]
        days = {move.kind: say_day(self.env, move[name], "EEEE d MMMM y") for move in dated_sudo}
        if len(set(days.values())) < 2:
            day = next(iter(days.values()), "")
            return title, day[:1].upper() + day[1:]
        return title, self.env._(
            "Delivery: %(delivery)s, collection: %(collection)s",
            delivery=days["deliver"],
            collection=days["take_back"],
        )

    def _get_container_facts(self, kind):
        """(label, text), in the letter of a decision: what was asked, which bin comes or goes.

        :param kind: of the decision, which may not be written yet
        """
        self.ensure_one()
        facts = [(self.env._("What you asked for"), self._get_short_name())]
        if self.env["procedure.decision"]._get_facts(kind).gives:
            facts += self._get_bin_facts()
        else:
            addresses = self.dwelling_id | self.new_dwelling_id
            facts.append((self.env._("Address"), "\n".join(addresses.mapped("display_name"))))
        return [(label, text) for label, text in facts if text]

    def _get_bin_facts(self):
        """What is ordered, or would be by accepting."""
        moves = self.container_move_ids.filtered(lambda move: move.state != "cancelled")
        bins = {
            move.kind: (move.container_id, move.container_id.volume, move.dwelling_id)
            for move in moves
        }
        to_order = self._get_moves_to_order()
        if "take_back" in to_order:
            former = self._find_container()
            bins["take_back"] = former, former.volume, self.dwelling_id
        if "deliver" in to_order:
            # Its number is known once it is reserved.
            none = self.container_id.browse()
            volume = self._get_volume_to_deliver()
            bins["deliver"] = none, volume, self._get_dwelling_to_deliver()
        labels = {
            "deliver": self.env._("Delivery"),
            "take_back": self.env._("Collection"),
        }
        return [(labels[name], self._say_bin(*bins[name])) for name in labels if name in bins]

    def _say_bin(self, container, volume, dwelling):
        words = (
            volume and self.env._("%(volume)s-litre bin", volume=volume),
            container and self.env._("no. %(number)s", number=container.number),
            dwelling.display_name,
        )
        return ", ".join(filter(None, words))

    def _get_container_days(self, to_order=()):
        """Sentences: when each bin comes or goes; none of what is done.

        :param to_order: see `_get_moves_to_order`
        """
        self.ensure_one()
        request_sudo = self.sudo()
        todo_sudo = request_sudo.container_move_ids.filtered(lambda move: move.state == "todo")
        planned_sudo = todo_sudo.filtered("date_planned")
        days = [move_sudo._get_day_sentence() for move_sudo in planned_sudo]
        if todo_sudo - planned_sudo or to_order:
            days.append(self.env._("The service prepares the round and tells you the day."))
        return days

    def _tell_container_day(self, moves):
        """The day of the round, in the applicant's words."""
        self.ensure_one()
        request = self.with_context(lang=self._get_mail_lang())
        body = request.env["ir.qweb"]._render(
            "waste_collection.container_day",
            {"sentences": [move._get_day_sentence() for move in moves.with_env(request.env)]},
        )
        subject = request.env._("%(number)s: the day of your bin", number=request.number)
        request._post_to_applicant(subject, body)
