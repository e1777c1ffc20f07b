import {Component, onPatched, onMounted, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {ConditionEditor} from "./condition_editor";
import {Setting} from "./setting";

/** The settings of the selected field: only those that its type has. */
export class FieldSettings extends Component {
    static template = "procedure_builder.FieldSettings";
    static components = {ConditionEditor, Setting};
    static props = {model: Object, field: Object, addInside: Function};

    setup() {
        this.model = useState(this.props.model);
        this.state = useState({fieldId: this.props.field.id, answer: "", tried: null});
        this.root = useRef("root");
        const focus = () => {
            // A field just added has no words yet: they are the first thing to type.
            if (this.model.focusLabel) {
                this.model.focusLabel = false;
                this.root.el.querySelector("[name=label]").focus();
            }
        };
        onMounted(focus);
        onPatched(focus);
    }

    get type() {
        return this.model.types[this.props.field.type];
    }

    get isQuestion() {
        return this.type.holds !== "nothing";
    }

    get isAnswered() {
        return ["answer", "files"].includes(this.type.holds);
    }

    /** Required, and of a kind that may come once the request is sent. */
    get mayFollow() {
        const {field} = this.props;
        const isTicked = this.type.widget === "consent";
        const isRequired =
            this.model.value(field, "required") ||
            this.model.value(field, "require_conditions").length > 0;
        return this.isAnswered && isRequired && !field.block_key && !isTicked;
    }

    get isTried() {
        return this.type.is_typed;
    }

    has(setting) {
        return this.type.settings.includes(setting);
    }

    get labelName() {
        return this.type.words_label;
    }

    get choicesName() {
        return _t("Choices");
    }

    get rowsName() {
        return _t("Services (rows)");
    }

    get freeOptions() {
        return this.props.field.options.map(({value, label}) => ({code: value, label}));
    }

    get helpName() {
        return this.type.help_label;
    }

    get prefills() {
        const sources = this.model.prefills[this.props.field.type] || [];
        return [
            {code: "", label: _t("Nothing: the person types it")},
            ...sources.map(({code, label, origin}) => ({
                code,
                label: `${label} (${origin})`,
            })),
        ];
    }

    get dateLimits() {
        return [
            {code: "", label: _t("Any day")},
            {code: "past", label: _t("Today or before")},
            {code: "future", label: _t("Today or later")},
        ];
    }

    get fileKinds() {
        return [
            {code: "pdf", label: _t("PDF")},
            {code: "jpg", label: _t("Photo (JPEG)")},
            {code: "png", label: _t("Picture (PNG)")},
            {code: "heic", label: _t("Photo of an iPhone (HEIC)")},
        ];
    }

    get validityKinds() {
        return [
            {code: "none", label: _t("As long as the file is kept")},
            {code: "months", label: _t("A number of months")},
            {code: "school_year", label: _t("The school year")},
            {code: "until", label: _t("Until a date")},
        ];
    }

    /** Types that keep what is set: the question stays, its answer is read otherwise. */
    get typeOptions() {
        return Object.entries(this.model.types)
            .filter(([code]) => code === this.props.field.type || !this.isStructural(code))
            .map(([code, {label}]) => ({code, label}));
    }

    isStructural(code) {
        const {starts, holds} = this.model.types[code];
        return Boolean(starts) || holds === "rows";
    }

    /** What a formula may name: [what to write, what it is]. */
    get usable() {
        const {fields} = this.model;
        const index = fields.findIndex((field) => field.id === this.props.field.id);
        const found = [];
        for (const field of fields.slice(0, index)) {
            const label = this.model.label(field);
            const {holds, is_number: isNumber, is_day: isDay} = this.model.types[field.type];
            if (holds === "rows") {
                found.push([`count(${field.key})`, _t("number of rows of “%s”", label)]);
            } else if (field.block_key && isNumber) {
                found.push([`sum(${field.block_key}.${field.key})`, _t("sum of “%s”", label)]);
            } else if (isNumber) {
                found.push([field.key, label]);
            } else if (isDay && !field.block_key) {
                found.push([`age(${field.key})`, _t("age, in years, from “%s”", label)]);
            }
        }
        return found;
    }

    insert(text) {
        const formula = this.model.value(this.props.field, "formula") || "";
        const gap = formula && !/[(\s]$/.test(formula) ? " + " : "";
        this.model.edit(this.props.field, "formula", formula + gap + text, true);
    }

    async tryAnswer() {
        await this.model.flush();
        const {field} = this.props;
        this.state.fieldId = field.id;
        try {
            this.state.tried = await this.model.orm.silent.call("procedure.field", "builder_try", [
                [field.id],
                this.state.answer,
            ]);
        } catch (error) {
            this.state.tried = {ok: false, sentence: error.data?.message || ""};
        }
    }
}
