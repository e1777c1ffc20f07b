import {Component} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {patch} from "@web/core/utils/patch";

import {ProcedureBuilder} from "@procedure_builder/builder/builder";
import {useNamedDialog} from "@procedure_builder/builder/named_dialog";

/** Where people stop on a form, page by page: sentences of the server, and a bar for each. */
export class StopsDialog extends Component {
    static template = "website_procedure_funnel.StopsDialog";
    static components = {Dialog};
    static props = {stops: Object, close: Function};

    setup() {
        this.modalRef = useNamedDialog();
    }
}

patch(ProcedureBuilder.prototype, {
    openStops() {
        return this.guard(async () => {
            await this.model.flush();
            this.dialog.add(StopsDialog, {stops: await this.model.call("builder_get_stops")});
        });
    },
});
