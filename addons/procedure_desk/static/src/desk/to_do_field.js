import {CharField, charField} from "@web/views/fields/char/char_field";
import {registry} from "@web/core/registry";

/** The one thing to do next, as a pill: its colour says whose turn it is, its words say it first. */
export class ToDoField extends CharField {
    static template = "procedure_desk.ToDoField";
    static props = {...CharField.props, toneField: String};

    get tone() {
        return this.props.record.data[this.props.toneField];
    }
}

registry.category("fields").add("procedure_desk_to_do", {
    ...charField,
    component: ToDoField,
    extractProps: (info, dynamicInfo) => ({
        ...charField.extractProps(info, dynamicInfo),
        toneField: info.options.tone_field,
    }),
});
