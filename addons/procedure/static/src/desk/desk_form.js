import {onMounted, onWillUnmount, status} from "@odoo/owl";
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";
import {useBus} from "@web/core/utils/hooks";

const NEXT = "PROCEDURE_DESK:NEXT";

// What was typed in a window that closed before it was sent, until the page is left: memory only.
const keptWords = new Map();

/** A request: the screen is read again after each act, refused ones too; “and next” goes on. */
export class DeskFormController extends FormController {
    setup() {
        super.setup();
        useBus(this.env.bus, NEXT, () => this.openNext());
    }

    /** A refusal says “somebody has just handled it”: the buttons must say so too. */
    async afterExecuteActionButton(clickParams) {
        await super.afterExecuteActionButton(clickParams);
        if (status(this) !== "destroyed" && clickParams.type === "object") {
            // Never awaited: a later reading takes its place, and the buttons would wait for ever.
            this.model.load();
        }
    }

    /** The next one of the list from which this one was opened; the last one stays. */
    async openNext() {
        const {resId, resIds} = this.model.root;
        const offset = resIds.indexOf(resId) + 1;
        if (offset > 0 && offset < resIds.length) {
            await this.onPagerUpdate({offset, resIds});
        } else {
            this.env.config.historyBack();
        }
    }
}

/** Words for the applicant: they come back when the window was closed by mistake. */
export class WordsFormController extends FormController {
    static wordFields = ["reasons", "conditions", "message"];

    setup() {
        super.setup();
        this.isSending = false;
        onMounted(() => this.takeUpWords());
        onWillUnmount(() => this.keepWords());
    }

    get wordsKey() {
        const context = this.props.context;
        return [
            this.props.resModel,
            context.default_request_id,
            context.default_action,
            context.default_line_id,
        ].join();
    }

    get wordFields() {
        return this.constructor.wordFields.filter((name) => name in this.model.root.data);
    }

    async takeUpWords() {
        const words = keptWords.get(this.wordsKey);
        if (words) {
            await this.model.root.update(words);
        }
    }

    keepWords() {
        const {data} = this.model.root;
        const typed = this.wordFields.filter((name) => data[name]);
        if (this.isSending || !typed.length) {
            return;
        }
        keptWords.set(this.wordsKey, Object.fromEntries(typed.map((name) => [name, data[name]])));
    }

    async beforeExecuteActionButton(clickParams) {
        this.isSending = clickParams.special !== "cancel";
        const proceeds = await super.beforeExecuteActionButton(clickParams);
        if (proceeds === false) {
            this.isSending = false;
        }
        return proceeds;
    }

    async afterExecuteActionButton(clickParams) {
        await super.afterExecuteActionButton(clickParams);
        const isSent = this.isSending && status(this) === "destroyed";
        this.isSending = false;
        if (isSent) {
            keptWords.delete(this.wordsKey);
            if (String(clickParams.context).includes("go_next")) {
                this.env.bus.trigger(NEXT);
            }
        }
    }
}

registry.category("views").add("procedure_desk_form", {
    ...formView,
    Controller: DeskFormController,
});
registry.category("views").add("procedure_words_form", {
    ...formView,
    Controller: WordsFormController,
});
