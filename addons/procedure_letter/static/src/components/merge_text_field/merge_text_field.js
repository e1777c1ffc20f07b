import {HtmlField, htmlField} from "@html_editor/fields/html_field";
import {SelectMenu} from "@web/core/select_menu/select_menu";
import {registry} from "@web/core/registry";

/**
 * A text in which fields are inserted where the caret is, from the closed list of `merge_field`.
 */
export class MergeTextField extends HtmlField {
    static template = "procedure_letter.MergeTextField";
    static components = {...HtmlField.components, SelectMenu};

    get mergeFields() {
        const {selection} = this.props.record.fields.merge_field;
        return selection.map(([value, label]) => ({value, label}));
    }

    onEditorLoad(editor) {
        super.onEditorLoad(editor);
        this.hasCaret = false;
    }

    getConfig() {
        const config = super.getConfig();
        config.resources.selectionchange_handlers = ({documentSelectionIsInEditable}) => {
            this.hasCaret ||= documentSelectionIsInEditable;
        };
        return config;
    }

    insertMergeField(name) {
        const {dom, history, selection} = this.editor.shared;
        if (!this.hasCaret) {
            // Nobody has been in the text yet: at its end, rather than before its first word.
            const {editable} = this.editor;
            selection.setCursorEnd(editable.lastElementChild || editable);
        }
        dom.insert(`{{${name}}}`);
        history.addStep();
    }

    goOnWriting() {
        this.editor.shared.selection.focusEditable();
    }
}

registry.category("fields").add("procedure_letter_merge_text", {
    ...htmlField,
    component: MergeTextField,
});
