import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {useAutofocus} from "@web/core/utils/hooks";
import {normalize} from "@web/core/l10n/utils";

import {useNamedDialog} from "./named_dialog";

/** What can be added to a form, by group, with a word of explanation; a search finds either. */
export class Palette extends Component {
    static template = "procedure_builder.Palette";
    static components = {Dialog};
    static props = {types: Object, groups: Array, choose: Function, close: Function};

    setup() {
        this.state = useState({words: ""});
        useAutofocus();
        this.modalRef = useNamedDialog();
    }

    get groups() {
        const words = normalize(this.state.words).split(/\s+/).filter(Boolean);
        return this.props.groups
            .map((group) => ({
                ...group,
                types: Object.entries(this.props.types)
                    .map(([code, type]) => ({code, ...type}))
                    .filter((type) => {
                        const text = normalize(`${type.label} ${type.explanation}`);
                        return type.group === group.code && words.every((w) => text.includes(w));
                    }),
            }))
            .filter((group) => group.types.length);
    }

    choose(code) {
        this.props.close();
        this.props.choose(code);
    }

    /** Enter in the search takes the first one found. */
    onKeydown(ev) {
        if (ev.key === "Enter" && this.groups.length) {
            ev.preventDefault();
            this.choose(this.groups[0].types[0].code);
        }
    }
}
