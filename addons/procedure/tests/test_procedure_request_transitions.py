"""Every action x every state x every persona, in one table. What is refused changes nothing."""

from contextlib import closing

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.territory_base.tests.sweep import sweep

from .common import upload
from .test_procedure_request_circuit import CircuitCommon, get_own_states, get_own_transitions

# Who may do what an actor does; "delegate" is tried on the request of her association.
ACTORS = {
    "agent": {"agent", "manager", "administrator"},
    "applicant": {"applicant"},
    "law": set(),
}
PERSONAS = (
    "visitor applicant other_resident delegate agent consulted_agent other_agent secretary "
    "communication dpo manager administrator"
).split()
# Action: (function of the test, the request, who acts), beside the name of its transition.
ACTS = {
    "take": lambda test, request, user: request.action_take(),
    "ask_completion": lambda test, request, user: request.action_ask_completion(
        [{"label": "Bail", "reason": "Il manque"}]
    ),
    "complete": lambda test, request, user: request._complete(
        files={
            item["key"]: [upload(content=b"new")]
            for item in request.sudo()._get_asked_items() or [{"key": "proof"}]
        },
        by=user.partner_id,
    ),
    "receive": lambda test, request, user: request._receive(
        files={
            item["key"]: [upload(content=b"new")]
            for item in request.sudo()._get_asked_items() or [{"key": "proof"}]
        }
    ),
    "waiting_list": lambda test, request, user: request.action_waiting_list(),
    "accept": lambda test, request, user: request.action_accept(),
    "accept_conditionally": lambda test, request, user: request.action_accept("", "Réserve"),
    "refuse": lambda test, request, user: request.action_refuse("Motif"),
    "drop": lambda test, request, user: request.action_drop("Doublon"),
    "cancel": lambda test, request, user: request.action_cancel(),
    "close": lambda test, request, user: request.action_close(),
    "reopen": lambda test, request, user: request.action_reopen("Recours"),
    # No change of state.
    "assign": lambda test, request, user: request.action_assign(test.colleague.id),
}


class TransitionsCommon(CircuitCommon):
    """Everybody tries an action on a request; `transitions`, `acts` are those of the addon."""

    acts = ACTS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open_states = ("submitted", "in_review", "to_complete", "waiting_list")
        cls.transitions = get_own_transitions(cls.env)
        cls.procedure.consulted_service_ids = cls.school
        water = cls._service("Eau", "water")
        cls.people = {
            "visitor": cls.env.ref("base.public_user"),
            "applicant": cls.camille,
            "other_resident": cls.dominique,
            "delegate": cls._resident("delegate", "Sacha", "Roux"),
            "agent": cls.agent,
            "consulted_agent": cls.school_agent,
            "other_agent": cls._staff("water_agent", "agent", water),
            "secretary": cls.secretary,
            "communication": cls.communication,
            "dpo": cls.dpo,
            "manager": cls.manager,
            "administrator": cls.env.ref("base.user_admin"),
        }
        cls.association = cls._delegations(cls.people["delegate"]).organisation_id

    def _in_any_state(self, state):
        if state != "draft":
            return self._in_state(state)
        request = self._submit()
        request.state = "draft"
        return request

    def _get_tables(self):
        """(table, column) of what belongs to a request, whatever the addon."""
        return sorted(
            (model._table, name)
            for model in map(self.env.get, self.env.registry)
            if model._auto and not model._abstract and not model._transient
            for name, field in model._fields.items()
            if field.store
            and field.type == "many2one"
            and field.comodel_name == "procedure.request"
        )

    def _snapshot(self, request):
        """How much its history says, then all that there is of it."""
        self.env.flush_all()
        rows = [
            SQL(
                "(SELECT jsonb_agg(to_jsonb(mine) ORDER BY id) FROM %s mine WHERE %s = request.id)",
                SQL.identifier(table),
                SQL.identifier(column),
            )
            for table, column in self._get_tables()
        ]
        return self.env.execute_query(
            SQL(
                """
                SELECT (SELECT count(*) FROM mail_message
                        WHERE model = 'procedure.request' AND res_id = request.id),
                    (SELECT count(*) FROM mail_activity
                        WHERE res_model = 'procedure.request' AND res_id = request.id),
                    (SELECT count(*) FROM mail_mail),
                    to_jsonb(request) - 'write_date' - 'write_uid',
                    %s
                FROM procedure_request request WHERE id = %s
                """,
                SQL(", ").join(rows),
                request.id,
            )
        )[0]

    def _try(self, name, request, persona, may):
        """Do it as this persona, look, and put everything back."""
        user = self.people[persona]
        state = request.state
        transition = self.transitions.get(name)
        with self.subTest(f"{name} from {state}, {persona}"), closing(self.env.cr.savepoint()):
            before = self._snapshot(request)
            try:
                self.acts[name](self, request.with_user(user), user)
                was_refused = False
            except UserError:
                was_refused = True
            after = self._snapshot(request)
            self.assertNotEqual(was_refused, may)
            if not may:
                self.assertEqual(after, before, "what is refused changes nothing")
            elif transition:
                self.assertEqual(request.state, transition.after)
                self.assertGreater(after[0], before[0], "the history says so")
            else:
                self.assertNotEqual(after, before)
                self.assertEqual(request.state, state)


@tagged("post_install", "-at_install")
class TestTransitions(TransitionsCommon):
    def test_the_table_is_whole(self):
        self.assertLessEqual(set(self.transitions), set(ACTS))
        self.assertEqual(set(PERSONAS), set(self.people))
        self.assertEqual(len(get_own_states(self.env)), 11)

    @sweep("machines")
    def test_every_action_from_every_state_by_everybody(self):
        for state in get_own_states(self.env):
            request = self._in_any_state(state)
            for name in ACTS:
                transition = self.transitions.get(name)
                before = transition.before if transition else self.open_states
                actors = ACTORS[transition.actor if transition else "agent"]
                for persona in PERSONAS:
                    self._try(name, request, persona, state in before and persona in actors)

    def test_the_delegate_acts_for_her_association_only(self):
        """And who filed for it no longer does once she is not its delegate any more."""
        request = self._submit(self.people["delegate"], acting_for=self.association)
        for name, transition in self.transitions.items():
            for persona in ("delegate", "applicant", "other_resident"):
                may = transition.actor == "applicant" and persona == "delegate"
                self._try(name, request, persona, may and "submitted" in transition.before)
        self.association.delegate_ids.state = "ended"
        self._try("cancel", request, "delegate", False)
