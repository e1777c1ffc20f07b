import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {ListRenderer} from "@web/views/list/list_renderer";
import {SearchModel} from "@web/search/search_model";
import {_t} from "@web/core/l10n/translation";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/**
 * The first line of the desk: what waits this morning, and the two ways to start something.
 * A count is the filter of the same name: one at a time, a zero turns grey and stays.
 */
export class MorningLine extends Component {
    static template = "procedure_desk.MorningLine";
    static props = {list: Object};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({counts: {}, links: []});
        this.counters = [
            {name: "late", hotkey: "r", tone: "late", one: _t("late"), many: _t("late")},
            {
                name: "written",
                hotkey: "e",
                tone: "turn",
                one: _t("answer received"),
                many: _t("answers received"),
            },
            {name: "new", hotkey: "o", tone: "new", one: _t("new one"), many: _t("new ones")},
        ];
        onWillStart(() => this.load());
        // The list is read again after an act or a search: so are the counts.
        onWillUpdateProps(() => this.load());
    }

    async load() {
        Object.assign(this.state, await this.orm.call("procedure.request", "get_morning", []));
    }

    /**
     * @param {string} name of a filter
     * @returns {Object} the search item, undefined where the view has no such filter
     */
    getFilter(name) {
        return this.env.searchModel.getSearchItems((item) => item.name === name)[0];
    }

    /** None where the list shows a part only: a count is of all that is open. */
    get shown() {
        if (this.env.searchModel.globalContext.hide_counts) {
            return [];
        }
        return this.counters
            .map((counter) => ({
                ...counter,
                filter: this.getFilter(counter.name),
                count: this.state.counts[counter.name] || 0,
            }))
            .filter((counter) => counter.filter);
    }

    /** @param {Object} counter */
    toggle(counter) {
        for (const other of this.shown) {
            if (other.filter.isActive && other.name !== counter.name) {
                this.env.searchModel.toggleSearchItem(other.filter.id);
            }
        }
        this.env.searchModel.toggleSearchItem(counter.filter.id);
    }

    /** @param {string} method of `procedure.request` that answers an action */
    async follow(method) {
        this.action.doAction(await this.orm.call("procedure.request", method, [[]]));
    }
}

/** Who looks for a number or a name wants that request, answered or not. */
export class DeskSearchModel extends SearchModel {
    addAutoCompletionValues(searchItemId, autocompleteValue) {
        if (this.searchItems[searchItemId].fieldName === "anything") {
            const [open] = this.getSearchItems((item) => item.name === "open" && item.isActive);
            if (open) {
                this.query = this.query.filter((item) => item.searchItemId !== open.id);
            }
        }
        super.addAutoCompletionValues(searchItemId, autocompleteValue);
    }
}

class DeskKanbanRenderer extends KanbanRenderer {
    static template = "procedure_desk.DeskKanbanRenderer";
    static components = {...KanbanRenderer.components, MorningLine};
}

class DeskListRenderer extends ListRenderer {
    static template = "procedure_desk.DeskListRenderer";
    static components = {...ListRenderer.components, MorningLine};

    /** She wrote: the row stands out, whatever its colour. */
    getRowClass(record) {
        const written = record.data.written_on ? " fw-bold" : "";
        return super.getRowClass(record) + written;
    }
}

registry.category("views").add("procedure_desk_kanban", {
    ...kanbanView,
    Renderer: DeskKanbanRenderer,
    SearchModel: DeskSearchModel,
});
registry.category("views").add("procedure_desk_list", {
    ...listView,
    Renderer: DeskListRenderer,
    SearchModel: DeskSearchModel,
});
