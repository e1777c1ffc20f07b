import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

let count = 0;

/** A value as it stands in an input: 0 is written, nothing is not. */
function written(value) {
    return value === 0 ? "0" : String(value || "");
}

/** One setting of a field: its label, its input, what is wrong with it, right beside it. */
export class Setting extends Component {
    static template = "procedure_builder.Setting";
    static props = {
        model: Object,
        field: Object,
        name: String,
        label: String,
        kind: {type: String, optional: true},
        help: {type: String, optional: true},
        placeholder: {type: String, optional: true},
        options: {type: Array, optional: true},
        slots: {type: Object, optional: true},
    };
    static defaultProps = {kind: "text", help: "", placeholder: "", options: []};

    setup() {
        this.model = useState(this.props.model);
        this.id = `o_builder_setting_${++count}`;
    }

    get draft() {
        return this.model.draft(this.props.field, this.props.name);
    }

    get value() {
        return this.model.value(this.props.field, this.props.name);
    }

    get shown() {
        if (this.props.kind === "lines") {
            return this.draft?.text ?? this.value.join("\n");
        }
        return written(this.value);
    }

    get describedBy() {
        const ids = [];
        if (this.props.help) {
            ids.push(`${this.id}_help`);
        }
        if (this.draft?.error || this.draft?.conflict) {
            ids.push(`${this.id}_error`);
        }
        return ids.join(" ") || false;
    }

    get conflict() {
        const {author, value} = this.draft.conflict;
        const words = Array.isArray(value)
            ? value.map((each) => each.key || each).join(", ")
            : written(value);
        return _t("%(author)s changed this setting while you were typing: “%(words)s”.", {
            author,
            words,
        });
    }

    isTicked(code) {
        return (this.value || "").split(",").includes(code);
    }

    set(value, now) {
        const {field, name} = this.props;
        this.model.edit(field, name, value, now);
    }

    onInput(ev) {
        const {kind} = this.props;
        const text = ev.target.value;
        if (kind === "number") {
            // Empty is no limit, which is not 0.
            this.set(text === "" ? null : parseInt(text, 10) || 0, false);
        } else if (kind === "lines") {
            this.set(
                text
                    .split("\n")
                    .map((line) => line.trim())
                    .filter(Boolean),
                false
            );
            this.draft.text = text;
        } else {
            this.set(text, false);
        }
    }

    onChoose(ev) {
        this.set(ev.target.value || false, true);
    }

    onTick(ev) {
        this.set(ev.target.checked, true);
    }

    onTickCode(code, ev) {
        const codes = this.props.options.map((option) => option.code);
        this.set(
            codes
                .filter((each) => (each === code ? ev.target.checked : this.isTicked(each)))
                .join(","),
            true
        );
    }

    /** Leaving the input stores what is in it. */
    onLeave() {
        if (this.draft && !this.draft.error) {
            this.model.save(this.props.field.id, this.props.name);
        }
    }

    retry() {
        this.model.save(this.props.field.id, this.props.name);
    }
}
