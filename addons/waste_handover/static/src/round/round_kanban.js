import {ActionHelper} from "@web/views/action_helper";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {onWillStart} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** Where no stop is left, the agent reads what was done today, not that nothing was planned. */
class EndOfRound extends ActionHelper {
    static template = "waste_handover.EndOfRound";

    setup() {
        const orm = useService("orm");
        this.words = [];
        onWillStart(async () => {
            this.words = await orm.call("waste.container.move", "get_end_of_round", []);
        });
    }
}

class RoundKanbanRenderer extends KanbanRenderer {
    static components = {...KanbanRenderer.components, ActionHelper: EndOfRound};
}

registry.category("views").add("waste_handover_round", {
    ...kanbanView,
    Renderer: RoundKanbanRenderer,
});
