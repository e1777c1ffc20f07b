import {
    Component,
    markup,
    onMounted,
    onWillStart,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {BuilderModel, sentence} from "./builder_model";
import {FieldList} from "./field_list";
import {FieldSettings} from "./field_settings";
import {Palette} from "./palette";
import {Preview} from "./preview";
import {HistoryDialog, PublishDialog} from "./version_dialogs";

/** The form of a procedure, written by its manager: list, settings, preview. */
export class ProcedureBuilder extends Component {
    static template = "procedure_builder.ProcedureBuilder";
    static components = {FieldList, FieldSettings, Layout, Preview};
    static props = {...standardActionServiceProps};
    static displayName = "";

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.model = useState(
            new BuilderModel(useService("orm"), this.props.action.context.active_id)
        );
        this.state = useState({testing: false});
        useSetupAction({
            beforeLeave: () => this.model.flush(),
            beforeUnload: (ev) => {
                if (this.model.isPending) {
                    this.model.flush();
                    ev.preventDefault();
                }
            },
        });
        // Back from another window: what a colleague did meanwhile.
        useExternalListener(window, "focus", () => this.model.refresh());
        onWillStart(() => this.model.load());
        onMounted(() => {
            const {procedure} = this.model.version;
            this.env.config.setDisplayName(procedure);
        });
    }

    get version() {
        return this.model.version;
    }

    /** Which version is on screen, and who sees it. */
    get situation() {
        const {state, number, date, author} = this.version;
        switch (state) {
            case "draft":
                return _t("Form, version %s, draft. Inhabitants do not see it yet.", number);
            case "published":
                return _t(
                    "Form, version %(number)s, published on %(date)s by %(author)s. It no longer changes.",
                    {number, date, author}
                );
        }
        return _t(
            "Form, version %(number)s, published on %(date)s by %(author)s, since replaced.",
            {
                number,
                date,
                author,
            }
        );
    }

    select(field) {
        this.model.selectedId = field.id;
        this.reveal();
    }

    /** On a phone the panels are one above the other: the settings come into view. */
    reveal() {
        if (this.env.isSmall) {
            this.root.el.querySelector(".o_builder_panel_settings").scrollIntoView();
        }
    }

    backToList() {
        const list = this.root.el.querySelector(".o_builder_panel_list");
        list.scrollIntoView();
        list.querySelector("[aria-current]")?.focus();
    }

    openPalette(after) {
        this.dialog.add(Palette, {
            types: this.model.types,
            groups: this.model.groups,
            choose: async (type) => {
                const place = after || this.model.fields.at(-1);
                await this.model.add(type, place);
                this.model.focusLabel = true;
                this.reveal();
            },
        });
    }

    showProblem(problem) {
        this.select(this.model.fields.find((field) => field.id === problem.field_id));
        this.root.el.querySelector(".o_builder_panel_settings h2").focus();
    }

    async publish() {
        await this.model.flush();
        if (this.model.isPending) {
            this.root.el.querySelector(".o_builder_error")?.scrollIntoView({block: "center"});
            return;
        }
        if (this.version.problems.length) {
            this.root.el.querySelector("#o_builder_problems_title").focus();
            return;
        }
        await this.guard(async () => {
            const difference = await this.model.call("builder_get_difference");
            this.dialog.add(PublishDialog, {
                difference,
                publish: async (stamp) => {
                    this.model.accept(await this.model.call("builder_publish", [stamp]));
                    this.root.el.querySelector("h1").focus();
                },
            });
        });
    }

    openHistory() {
        return this.guard(async () => {
            await this.model.flush();
            this.dialog.add(HistoryDialog, {
                rows: await this.model.call("builder_get_history"),
                currentId: this.model.versionId,
                open: (id) => this.open(id),
            });
        });
    }

    /** Links that show this draft to a colleague. */
    share() {
        return this.guard(async () => {
            await this.model.flush();
            await this.follow("action_share", this.model.versionId);
        });
    }

    newVersion() {
        return this.guard(async () => this.open(await this.model.call("builder_new_version")));
    }

    open(id) {
        return this.guard(() =>
            this.follow("action_open_builder", id, {stackPosition: "replaceCurrentAction"})
        );
    }

    /** Core makes markup of the help of an action that it loads itself, not of one that a call
     * answers: its tags were shown. */
    async follow(method, id, options) {
        const action = await this.model.orm.call("procedure.version", method, [[id]]);
        const help = action.help && markup(action.help);
        await this.action.doAction({...action, help}, options);
    }

    /** What the server refuses is told on the page. */
    async guard(act) {
        this.model.error = "";
        try {
            await act();
        } catch (error) {
            this.model.error = sentence(error);
        }
    }
}

registry.category("actions").add("procedure_builder.builder", ProcedureBuilder);
