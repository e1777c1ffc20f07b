from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.procedure.circuit import State, Transition
from odoo.addons.procedure_export.tools.request_table import Fixed

OFFER_DAYS = 15


class ProcedureRequest(models.Model):
    """A plot is offered by the service, and let once the applicant confirms."""

    _inherit = "procedure.request"

    state = fields.Selection(
        selection_add=[("waiting_list",), ("allotment_offered", "Plot offered"), ("accepted",)],
        ondelete={"allotment_offered": lambda requests: requests.write({"state": "waiting_list"})},
    )
    plot_ids = fields.One2many(
        "allotment.plot", "request_id", "Plots", readonly=True, groups="base.group_user"
    )

    @api.model
    def _get_states(self):
        return {**super()._get_states(), "allotment_offered": State("applicant")}

    @api.model
    def _get_transitions(self):
        transitions = super()._get_transitions()
        for name in ("cancel", "drop"):
            transitions[name] = transitions[name].also_from("allotment_offered")
        return {
            **transitions,
            "allotment_offer": Transition(
                ("submitted", "in_review", "waiting_list"),
                "allotment_offered",
                "agent",
                kinds=("allotment",),
                effect="_on_plot_offered",
                mail="test_allotment.mail_plot_offered",
                is_answer=True,
            ),
            "allotment_confirm": Transition(
                ("allotment_offered",),
                "accepted",
                "applicant",
                kinds=("allotment",),
                decision="accepted",
                effect="_on_accepted",
                mail="procedure.mail_accepted",
            ),
            "allotment_let_on_trial": Transition(
                ("submitted", "in_review", "waiting_list"),
                "accepted",
                "agent",
                kinds=("allotment",),
                decision="allotment_on_trial",
                effect="_on_accepted",
                mail="test_allotment.mail_plot_let",
                is_answer=True,
            ),
            "allotment_expire": Transition(
                ("allotment_offered",),
                "waiting_list",
                "system",
                kinds=("allotment",),
                effect="_on_plot_offer_expired",
                mail="test_allotment.mail_offer_expired",
            ),
        }

    def _get_state_sentences(self, service):
        sentence = self.env._("%(service)s offers you a plot.", service=service)
        return {**super()._get_state_sentences(service), "allotment_offered": sentence}

    def _get_queue(self):
        """A large plot becoming free helps nobody who asked for a small one. In superuser mode."""
        queue = super()._get_queue()
        return (*queue, self.answers.get("plot_size")) if self.kind == "allotment" else queue

    def _is_health_document(self, field, kind):
        """A note of a doctor for a plot without slope. In superuser mode."""
        return super()._is_health_document(field, kind) or kind == "allotment_mobility"

    # ------------------------------------------------------------
    # Acts
    # ------------------------------------------------------------

    def _get_decided_facts(self, kind=None):
        """The size that was asked."""
        facts = super()._get_decided_facts(kind)
        question = self.version_id.field_ids.filtered(lambda field: field.key == "plot_size")
        size = (self.answers or {}).get("plot_size")
        if self.kind != "allotment" or not size:
            return facts
        return [*facts, (question.label, question._format_answer(size))]

    def action_offer_plot(self):
        """Reserve the first free plot; the applicant has some days to confirm."""
        self._run_transition("allotment_offer")

    def action_confirm_plot(self):
        """The applicant takes the plot that is offered; the button of her page does it too."""
        self._run_transition("allotment_confirm", by=self.env.user.partner_id)

    def action_let_plot_on_trial(self):
        """Let a plot for one year, to somebody who never had one."""
        self._run_transition("allotment_let_on_trial")

    @api.model
    def _cron_expire_offers(self):
        """Offers that nobody confirmed in time go back to the waiting list."""
        last = fields.Datetime.now() - timedelta(days=OFFER_DAYS)
        self.search(
            [("state", "=", "allotment_offered"), ("state_date", "<", last)]
        )._run_transition("allotment_expire")

    # ------------------------------------------------------------
    # Hooks of the circuit, in superuser mode
    # ------------------------------------------------------------

    def _check_transition(self, name):
        if name == "allotment_offer":
            # It is the decision, that the applicant's confirmation writes down.
            self._check_author()
            if not self._get_free_plots():
                raise UserError(self.env._("No plot is free."))
        return super()._check_transition(name)

    def _on_plot_offered(self):
        self.user_id = self.env.user
        self._reserve_plot()

    def _on_accepted(self):
        if self.kind == "allotment":
            self._reserve_plot()
        return super()._on_accepted()

    def _on_plot_offer_expired(self):
        self._release_plot()

    def _on_dropped(self):
        self._release_plot()
        return super()._on_dropped()

    def _on_cancelled(self):
        self._release_plot()
        return super()._on_cancelled()

    def _on_reopened(self):
        self._release_plot()
        return super()._on_reopened()

    def _prepare_decision(self, name, **words):
        """The agent who offered the plot decided."""
        vals = super()._prepare_decision(name, **words)
        return {**vals, "author_id": self.user_id.id} if name == "allotment_confirm" else vals

    def _get_mail_template(self, name):
        """The answer names the plot."""
        is_let = self.kind == "allotment" and name in ("accept", "allotment_confirm")
        return "test_allotment.mail_plot_let" if is_let else super()._get_mail_template(name)

    # ------------------------------------------------------------
    # The delay: plots are let on one day, which waits for nobody. `procedure_silence` counts that
    # of the law in the same way.
    # ------------------------------------------------------------

    def _get_letting_day(self):
        """Also for an applicant, who reads no setting of the procedure."""
        procedure_sudo = self.sudo().procedure_id
        return procedure_sudo.kind == "allotment" and procedure_sudo.plots_let_on

    def _get_due_limit(self):
        limits = (super()._get_due_limit(), self._get_letting_day())
        return min(filter(None, limits), default=False)

    def _get_resumed_due(self, today):
        """What the applicant took to answer is not given back."""
        return self.date_due if self._get_letting_day() else super()._get_resumed_due(today)

    def _get_other_dates(self):
        day = self._get_letting_day()
        own = [(self.env._("Plots let on"), day)] if day else []
        return [*super()._get_other_dates(), *own]

    def _get_unanswered_sentence(self):
        day = self._get_letting_day()
        if not day:
            return super()._get_unanswered_sentence()
        return self.env._("Without an answer on %s, you have no plot this year.", day)

    def _get_unanswered_appeal(self):
        if not self._get_letting_day():
            return super()._get_unanswered_appeal()
        return self.env._("Tell us then: a plot may still be free.")

    def _get_pause_sentence(self):
        if not self._get_letting_day():
            return super()._get_pause_sentence()
        return self.env._("The day when plots are let does not move.")

    def _get_reopened_sentence(self):
        if not self._get_letting_day():
            return super()._get_reopened_sentence()
        return self.env._("Plots are let on the same day.")

    def _get_appeal_texts(self):
        """A year is less than what was asked."""
        text = self.env._("You wanted it for longer? Write to us within two months.")
        return {**super()._get_appeal_texts(), "allotment_on_trial": text}

    # ------------------------------------------------------------
    # The desk of the agent
    # ------------------------------------------------------------

    @api.depends("state", "plot_ids")
    def _compute_desk_bands(self):
        return super()._compute_desk_bands()

    def _get_desk_bands(self):
        """Whoever lets plots and has none left knows it before she opens anything."""
        bands = super()._get_desk_bands()
        if self.kind == "allotment" and self.is_open and self.can_handle:
            if not self.plot_ids and not self.sudo()._get_free_plots():
                bands["no_plot"] = 30
        return bands

    @api.model
    def _get_fixed_export_columns(self):
        plots = Fixed(self.env._("Plots"), "plot_ids")
        return {**super()._get_fixed_export_columns(), "@allotment_plots": plots}

    # ------------------------------------------------------------
    # Plots
    # ------------------------------------------------------------

    def _reserve_plot(self):
        if not self.plot_ids:
            self._get_free_plots()[:1].request_id = self

    def _release_plot(self):
        self.plot_ids.request_id = False

    def _get_free_plots(self):
        own = self.procedure_id.plot_ids
        return self.env["allotment.plot"].search(
            [
                ("service_id", "=", self.service_id.id),
                ("request_id", "=", False),
                ("id", "in" if own else "not in", own.ids),
            ]
        )

    def _forget(self):
        """The plot stays let; what was noted of its tenant goes with the request."""
        self.plot_ids.tenant_note = False
        return super()._forget()

    # ------------------------------------------------------------
    # The page of the applicant, in superuser mode
    # ------------------------------------------------------------

    @api.model
    def _get_tags(self):
        return {
            **super()._get_tags(),
            "allotment_offered": {"tone": "moi", "label": self.env._("A plot is offered to you")},
        }

    def _get_event_titles(self):
        return {
            **super()._get_event_titles(),
            "allotment_offer": (self.env._("We offered you a plot"), "check"),
            "allotment_expire": (self.env._("The offer is over"), "x"),
        }

    def _get_now_titles(self):
        return {
            **super()._get_now_titles(),
            "allotment_offered": self.env._("Do you take the plot?"),
        }

    def _get_next(self):
        if self.state != "allotment_offered":
            return super()._get_next()
        days = self.env._("Confirm it within %(days)s days.", days=OFFER_DAYS)
        return [days], None

    def _prepare_portal_blocks(self, by=None):
        blocks = super()._prepare_portal_blocks(by)
        if not self.plot_ids:
            return blocks
        take = ("allotment_confirm", self.env._("I take this plot"))
        return [
            *blocks,
            {
                "name": "parcelle",
                "title": self.env._("Your plot"),
                "template": "test_allotment.portal_plot",
                "values": {"plots": ", ".join(self.plot_ids.mapped("name"))},
                "acts": [take] if self.state == "allotment_offered" else [],
            },
        ]
