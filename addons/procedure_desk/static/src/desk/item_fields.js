import {CharField, charField} from "@web/views/fields/char/char_field";
import {TextField, textField} from "@web/views/fields/text/text_field";
import {registry} from "@web/core/registry";

/**
 * What the window proposes for each of its rows, in a field of its own.
 *
 * @param {Object} props of a field in a row; `choices` is the name of that field
 * @returns {Array}
 */
function getChoices({record, choices}) {
    return record.evalContext.parent?.[choices] || [];
}

/** A text, with what is most often written there: the browser's own list of suggestions. */
export class SuggestedField extends CharField {
    static template = "procedure_desk.SuggestedField";
    static props = {...CharField.props, choices: String};

    get choices() {
        return getChoices(this.props);
    }

    get listId() {
        return `procedure_suggestions_${this.props.record.id}`;
    }
}

/** A text, with ready ones below it while the row is written: one click fills it. */
export class ReadyWordsField extends TextField {
    static template = "procedure_desk.ReadyWordsField";
    static props = {...TextField.props, choices: String};

    get choices() {
        return getChoices(this.props);
    }

    /** @param {String} text */
    async pick(text) {
        await this.props.record.update({[this.props.name]: text});
        this.textareaRef.el.focus();
    }
}

const withChoices = (field, component) => ({
    ...field,
    component,
    extractProps: (info, dynamicInfo) => ({
        ...field.extractProps(info, dynamicInfo),
        choices: info.options.choices,
    }),
});

registry.category("fields").add("procedure_suggested", withChoices(charField, SuggestedField));
registry.category("fields").add("procedure_ready_words", withChoices(textField, ReadyWordsField));
