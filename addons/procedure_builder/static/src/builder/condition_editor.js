import {Component, onPatched, onWillUpdateProps, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

const WITHOUT_VALUE = ["set", "not set"];

/**
 * “Shown if [question] [is] [answer]”: rows of selects. A row is stored once it is complete.
 * The same for “Required if”: `name` and `join` are the settings that hold the rows.
 */
export class ConditionEditor extends Component {
    static template = "procedure_builder.ConditionEditor";
    static props = {model: Object, field: Object, name: String, join: String};

    setup() {
        this.model = useState(this.props.model);
        this.state = useState({rows: this.read(this.props.field)});
        this.root = useRef("root");
        this.focusOn = "";
        onPatched(() => {
            // Whoever writes by keyboard goes on from the row that came, or from where one left.
            if (this.focusOn) {
                this.root.el.querySelector(this.focusOn)?.focus();
                this.focusOn = "";
            }
        });
        onWillUpdateProps((next) => {
            const isOther = next.field.id !== this.props.field.id;
            if (isOther || (this.isComplete && !this.model.draft(next.field, next.name))) {
                this.state.rows = this.read(next.field);
            }
        });
    }

    read(field) {
        return this.props.model.value(field, this.props.name).map((row) => ({...row}));
    }

    /** Names of its inputs. */
    get names() {
        const start = this.props.name === "conditions" ? "condition" : "require";
        return {
            key: `${start}_key`,
            operator: `${start}_operator`,
            value: `${start}_value`,
            add: `add_${start}`,
        };
    }

    get words() {
        return this.props.name === "conditions"
            ? {none: _t("Always shown."), first: _t("Shown if")}
            : {none: _t("Never: it is optional."), first: _t("Required if")};
    }

    get isComplete() {
        return this.state.rows.every(
            (row) => row.key && row.operator && (row.value || WITHOUT_VALUE.includes(row.operator))
        );
    }

    /** The questions above this one, on whose answer something may depend. */
    get questions() {
        const {fields, types} = this.model;
        const {field} = this.props;
        return fields
            .slice(
                0,
                fields.findIndex((each) => each.id === field.id)
            )
            .filter(
                (each) =>
                    types[each.type].operators.length &&
                    (!each.block_key || each.block_key === field.block_key) &&
                    each.key !== field.block_key
            );
    }

    question(row) {
        return this.model.fields.find((each) => each.key === row.key);
    }

    /** Named by a condition, but gone or further down: shown, so that it can be mended. */
    isLost(row) {
        return row.key && !this.questions.some((each) => each.key === row.key);
    }

    lost(row) {
        return _t("%s (no longer above this one)", row.key);
    }

    operators(row) {
        const question = this.question(row);
        const codes = question ? this.model.types[question.type].operators : [row.operator];
        const all = codes.includes(row.operator) ? codes : [...codes, row.operator];
        return all
            .filter(Boolean)
            .map((code) => ({code, label: this.model.operators[code] || code}));
    }

    /** How the answer is given: a list to choose in, several, a number, a date, a time, words. */
    input(row) {
        const question = this.question(row);
        if (!question || WITHOUT_VALUE.includes(row.operator)) {
            return "none";
        }
        if (this.answers(row).length) {
            return row.operator === "in" ? "several" : "one";
        }
        return this.model.types[question.type].condition_input;
    }

    answers(row) {
        const question = this.question(row);
        const {choices, is_place: isPlace} = this.model.types[question.type];
        if (isPlace) {
            return this.model.communes;
        }
        if (question.named_choices.length) {
            return question.named_choices;
        }
        return choices.length ? choices : question.options;
    }

    isChosen(row, value) {
        return row.value.split(",").includes(value);
    }

    add() {
        this.state.rows.push({key: "", operator: "", value: ""});
        this.focusOn = `.o_builder_condition:last-of-type [name=${this.names.key}]`;
    }

    remove(index) {
        this.state.rows.splice(index, 1);
        this.focusOn = `[name=${this.names.add}]`;
        this.store();
    }

    setQuestion(row, ev) {
        row.key = ev.target.value;
        const question = this.question(row);
        row.operator = question ? this.model.types[question.type].operators[0] : "";
        row.value = "";
        this.store();
    }

    setOperator(row, ev) {
        row.operator = ev.target.value;
        if (WITHOUT_VALUE.includes(row.operator)) {
            row.value = "";
        }
        this.store();
    }

    setValue(row, ev) {
        row.value = ev.target.value;
        this.store(!["number", "text"].includes(this.input(row)));
    }

    setSeveral(row, value, ev) {
        row.value = this.answers(row)
            .map((answer) => answer.value)
            .filter((each) => (each === value ? ev.target.checked : this.isChosen(row, each)))
            .join(",");
        this.store();
    }

    setJoin(ev) {
        this.model.edit(this.props.field, this.props.join, ev.target.value, true);
    }

    store(now = true) {
        if (this.isComplete) {
            const rows = this.state.rows.map((row) => ({...row}));
            this.model.edit(this.props.field, this.props.name, rows, now);
        }
    }
}
