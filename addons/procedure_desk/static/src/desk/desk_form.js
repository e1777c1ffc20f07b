import {onMounted, onWillUnmount, status, toRaw, useSubEnv} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {FormController} from "@web/views/form/form_controller";
import {_t} from "@web/core/l10n/translation";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";
import {useBus, useService} from "@web/core/utils/hooks";

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

/**
 * Words for the applicant: closing asks first when something was typed, and they come back when the
 * page was left by mistake.
 */
export class WordsFormController extends FormController {
    static wordFields = ["reasons", "conditions", "message"];

    setup() {
        super.setup();
        this.dialogService = useService("dialog");
        this.isSending = false;
        this.isOver = false;
        this.askBeforeDismissing();
        // Core says “after the act” of a refused one too, and the window is still drawn then: only
        // the button knows whether its act was done.
        const click = this.env.onClickViewButton;
        useSubEnv({
            onClickViewButton: async (params) => {
                this.isSending = false;
                await click(params);
                if (this.isSending) {
                    this.onSent(params.clickParams);
                }
            },
        });
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
        const typed = this.wordFields
            .map((name) => [name, this.getWords(name)])
            .filter(([, words]) => words);
        if (!this.isOver && typed.length) {
            keptWords.set(this.wordsKey, Object.fromEntries(typed));
        }
    }

    /** Sent, or thrown away on purpose: they do not come back. */
    forgetWords() {
        this.isOver = true;
        keptWords.delete(this.wordsKey);
    }

    onSent(clickParams) {
        this.forgetWords();
        if (String(clickParams.context).includes("go_next")) {
            this.env.bus.trigger(NEXT);
        }
    }

    /**
     * On the screen: the record learns of what is typed once its box is left, and “back” leaves all.
     *
     * @param {string} name of a field
     * @returns {string} empty when nothing is written
     */
    getWords(name) {
        const box = this.rootRef.el?.querySelector(`[name=${name}] textarea`);
        return (box ? box.value : this.model.root.data[name]) || "";
    }

    /** The cross and Escape; what closes the window otherwise has its own reason to. */
    askBeforeDismissing() {
        // Raw: a change that is seen draws the window again, which comes back here, for ever.
        const dialogData = toRaw(this.env.dialogData);
        if (dialogData) {
            const close = dialogData.close;
            dialogData.close = async (params) => {
                if (!params?.dismiss || (await this.mayClose())) {
                    return close(params);
                }
            };
        }
    }

    /** @returns {Promise<Boolean>} at once when nothing was typed */
    async mayClose() {
        if (!(await this.model.root.isDirty())) {
            return true;
        }
        return new Promise((resolve) => {
            this.dialogService.add(
                ConfirmationDialog,
                {
                    title: _t("Close without sending?"),
                    body: _t("Nothing has left yet."),
                    confirmLabel: _t("Go on writing"),
                    cancelLabel: _t("Close without sending"),
                    confirm: () => resolve(false),
                    cancel: () => {
                        this.forgetWords();
                        resolve(true);
                    },
                    dismiss: () => resolve(false),
                },
                {onClose: () => resolve(false)}
            );
        });
    }

    async beforeExecuteActionButton(clickParams) {
        this.isSending = clickParams.special !== "cancel";
        if (!this.isSending && !(await this.mayClose())) {
            return false;
        }
        const proceeds = await super.beforeExecuteActionButton(clickParams);
        if (proceeds === false) {
            this.isSending = false;
        }
        return proceeds;
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
