import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

import {sentence} from "./builder_model";
import {useNamedDialog} from "./named_dialog";

/** What publishing changes, read before it is done. */
export class PublishDialog extends Component {
    static template = "procedure_builder.PublishDialog";
    static components = {Dialog};
    static props = {difference: Object, publish: Function, close: Function};

    setup() {
        this.state = useState({error: "", isSending: false});
        this.modalRef = useNamedDialog();
    }

    get since() {
        return _t(
            "What changes since version %s, which is published:",
            this.props.difference.number
        );
    }

    async publish() {
        this.state.isSending = true;
        try {
            await this.props.publish(this.props.difference.stamp);
        } catch (error) {
            this.state.error = sentence(error);
            this.state.isSending = false;
            return;
        }
        this.props.close();
    }
}

/** From the sheet of a procedure: the same window, then the sheet again. */
async function publishFromSheet({services}, {params}) {
    const {orm, dialog, action} = services;
    const call = (method, ...args) =>
        orm.call("procedure.version", method, [[params.version_id], ...args]);
    dialog.add(PublishDialog, {
        difference: await call("builder_get_difference"),
        publish: async (stamp) => {
            await call("builder_publish", stamp);
            await action.doAction("soft_reload");
        },
    });
}

registry.category("actions").add("procedure_builder.publish", publishFromSheet);

/** Every version: who, when, what it changed; each can be read again. */
export class HistoryDialog extends Component {
    static template = "procedure_builder.HistoryDialog";
    static components = {Dialog};
    static props = {rows: Array, currentId: Number, open: Function, close: Function};

    setup() {
        this.modalRef = useNamedDialog();
    }

    title(row) {
        return _t("Version %(number)s: %(state)s", {number: row.number, state: row.state_label});
    }

    since(row) {
        return _t("Since version %s:", row.previous);
    }

    action(row) {
        return row.state === "draft"
            ? _t("Open version %s", row.number)
            : _t("Read version %s", row.number);
    }

    open(id) {
        this.props.close();
        this.props.open(id);
    }
}
