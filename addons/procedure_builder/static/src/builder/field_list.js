import {Component, onPatched, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useSortable} from "@web/core/utils/sortable_owl";

import {depths, placeDropped} from "./form_order";

/** The form as an indented list: what is chosen there is set beside it. */
export class FieldList extends Component {
    static template = "procedure_builder.FieldList";
    static props = {model: Object, add: Function, select: Function};

    setup() {
        this.model = useState(this.props.model);
        this.root = useRef("root");
        this.focusOn = "";
        useSortable({
            ref: this.root,
            elements: ".o_builder_item",
            handle: ".o_builder_handle",
            enable: () => this.model.isEditable,
            cursor: "grabbing",
            onDrop: (drop) => this.onDrop(drop),
        });
        onPatched(() => {
            // The focus goes along with a row that moves, and to the way back of one removed.
            if (this.focusOn) {
                this.root.el.parentElement.querySelector(this.focusOn)?.focus();
                this.focusOn = "";
            }
        });
    }

    get rows() {
        const indents = depths(this.model.fields);
        return this.model.fields.map((field, index) => ({field, depth: indents[index]}));
    }

    get removedSentence() {
        return _t("“%s” is removed.", this.model.removed.label);
    }

    kind(field) {
        const {label} = this.model.types[field.type];
        if (field.required && field.may_follow) {
            return _t("%s, required, may follow", label);
        }
        return field.required ? _t("%s, required", label) : label;
    }

    /** Once the list is drawn again. */
    focus(selector) {
        this.focusOn = selector;
        this.render();
    }

    problems(field) {
        return this.model.version.problems.filter((problem) => problem.field_id === field.id);
    }

    find(element) {
        const id = element && parseInt(element.dataset.id, 10);
        return this.model.fields.find((field) => field.id === id);
    }

    onDrop({element, previous}) {
        const field = this.find(element);
        const above = this.find(previous);
        this.model.move(field, placeDropped(this.model.fields, field, above));
    }

    async move(field, direction, name) {
        await this.model[direction](field);
        this.focus(`[data-id="${field.id}"] [name=${name}]`);
    }

    onKeydown(field, ev) {
        if (!this.model.isEditable || !ev.altKey) {
            return;
        }
        const direction = {ArrowUp: "up", ArrowDown: "down"}[ev.key];
        if (direction) {
            ev.preventDefault();
            this.move(field, direction, ev.target.getAttribute("name"));
        }
    }

    async duplicate(field) {
        await this.model.duplicate(field);
        this.focus(`[data-id="${this.model.selectedId}"] [name=select]`);
    }

    async remove(field) {
        await this.model.remove(field);
        this.focus("[name=undo]");
    }
}
