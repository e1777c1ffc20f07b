import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {Mutex} from "@web/core/utils/concurrency";

import {contentOf, placeDown, placeUp} from "./form_order";

const TYPING_DELAY = 700;

/**
 * What the screen knows of a version, and the only one that speaks to the server.
 *
 * `drafts` holds what is typed and not yet stored, by setting: the server's answer never
 * overwrites it, and an error leaves it there.
 */
export class BuilderModel {
    constructor(orm, versionId) {
        this.orm = orm;
        this.versionId = versionId;
        this.mutex = new Mutex();
        this.timers = {};
        this.version = null;
        this.selectedId = false;
        this.drafts = {};
        this.status = "";
        this.error = "";
        this.removed = null;
        this.revision = 0;
    }

    // ---- Reading ----

    async load() {
        const {state, ...catalogue} = await this.call("builder_load");
        Object.assign(this, catalogue);
        this.version = state;
    }

    get fields() {
        return this.version.fields;
    }

    get selected() {
        return this.fields.find((field) => field.id === this.selectedId);
    }

    get isEditable() {
        return this.version.state === "draft";
    }

    /** Something typed that the server does not have. */
    get isPending() {
        return Object.keys(this.drafts).length > 0;
    }

    draft(field, name) {
        return this.drafts[`${field.id}:${name}`];
    }

    value(field, name) {
        const draft = this.draft(field, name);
        return draft ? draft.value : field[name];
    }

    label(field) {
        return this.value(field, "label") || _t("(no words yet)");
    }

    // ---- Settings ----

    edit(field, name, value, now = false) {
        const key = `${field.id}:${name}`;
        const former = this.drafts[key];
        const base = former ? former.base : field[name];
        this.drafts[key] = {value, base, error: "", conflict: null};
        browser.clearTimeout(this.timers[key]);
        if (now) {
            return this.save(field.id, name);
        }
        this.status = _t("Typing…");
        this.timers[key] = browser.setTimeout(() => this.save(field.id, name), TYPING_DELAY);
    }

    save(fieldId, name) {
        const key = `${fieldId}:${name}`;
        browser.clearTimeout(this.timers[key]);
        return this.mutex.exec(async () => {
            const draft = this.drafts[key];
            if (!draft || draft.conflict) {
                return;
            }
            const {value, base} = draft;
            this.status = _t("Saving…");
            let answer = null;
            try {
                answer = await this.orm.silent.call("procedure.field", "builder_save", [
                    [fieldId],
                    {[name]: value},
                    {[name]: base},
                ]);
            } catch (error) {
                this.refuse(key, sentence(error));
                return;
            }
            this.accept(answer.state);
            if (answer.errors[name]) {
                this.refuse(key, answer.errors[name]);
            } else if (answer.conflicts[name]) {
                this.drafts[key].conflict = answer.conflicts[name];
                this.status = _t("Not saved: somebody else changed this setting.");
            } else {
                this.settle(key, fieldId, name, value);
            }
        });
    }

    /** What was sent is stored; what was typed meanwhile waits for its turn. */
    settle(key, fieldId, name, sent) {
        const field = this.fields.find((each) => each.id === fieldId);
        const draft = this.drafts[key];
        if (field && JSON.stringify(draft.value) !== JSON.stringify(sent)) {
            draft.base = field[name];
            return;
        }
        delete this.drafts[key];
        this.status = _t("Saved");
    }

    refuse(key, error) {
        this.drafts[key].error = error;
        this.status = _t("Not saved: see the setting.");
    }

    keepMine(field, name) {
        const draft = this.draft(field, name);
        draft.base = draft.conflict.value;
        draft.conflict = null;
        return this.save(field.id, name);
    }

    keepTheirs(field, name) {
        delete this.drafts[`${field.id}:${name}`];
        this.status = _t("Saved");
    }

    /** Store at once all that is still being typed. */
    async flush() {
        const waiting = Object.entries(this.drafts).filter(([, draft]) => !draft.error);
        await Promise.all(
            waiting.map(([key]) => {
                const [id, name] = key.split(":");
                return this.save(parseInt(id, 10), name);
            })
        );
    }

    // ---- Layout ----

    async add(type, after) {
        const blockKey = after && (after.type === "block" ? after.key : after.block_key);
        await this.change("builder_add", [type, after ? after.id : false, blockKey || false]);
    }

    duplicate(field) {
        return this.change("builder_duplicate", [field.id]);
    }

    async remove(field) {
        const label = this.label(field);
        const answer = await this.change("builder_delete", [field.id]);
        if (answer) {
            this.removed = {label, snapshot: answer.removed};
            this.status = _t("“%s” is removed.", label);
        }
    }

    async restore() {
        const {label, snapshot} = this.removed;
        if (await this.change("builder_restore", [snapshot])) {
            this.removed = null;
            this.status = _t("“%s” is back.", label);
        }
    }

    up(field) {
        return this.move(field, placeUp(this.fields, field, this.types));
    }

    down(field) {
        return this.move(field, placeDown(this.fields, field, this.types));
    }

    /** @param {{afterId: number|false, blockKey: string|false}|null} place */
    async move(field, place) {
        if (!place) {
            this.status = _t("“%s” is already at the end.", this.label(field));
            return;
        }
        const moved = [field.id, place.afterId, place.blockKey];
        if (await this.change("builder_move", moved)) {
            this.status = _t("“%(label)s”: place %(place)s of %(count)s.", {
                label: this.label(field),
                place: this.fields.findIndex((each) => each.id === field.id) + 1,
                count: this.fields.length,
            });
        }
    }

    holds(field) {
        return contentOf(this.fields, field).length - 1;
    }

    // ---- Server ----

    /** A change of the whole form; an error is told above the list, and nothing else changes. */
    change(method, args) {
        return this.mutex.exec(async () => {
            this.status = _t("Saving…");
            this.error = "";
            try {
                const answer = await this.call(method, args);
                this.accept(answer.state);
                this.selectedId = answer.field_id || false;
                this.status = _t("Saved");
                return answer;
            } catch (error) {
                this.error = sentence(error);
                this.status = "";
            }
        });
    }

    /** What somebody else did meanwhile; nothing typed here is touched. */
    refresh() {
        return this.mutex.exec(async () => {
            try {
                const state = await this.call("builder_refresh");
                if (JSON.stringify(state) !== JSON.stringify(this.version)) {
                    this.accept(state);
                }
            } catch {
                // The next change will say what is wrong.
                return;
            }
        });
    }

    accept(state) {
        this.version = state;
        this.revision++;
        if (!this.isEditable) {
            this.removed = null;
        }
    }

    call(method, args = []) {
        return this.orm.silent.call("procedure.version", method, [[this.versionId], ...args]);
    }
}

/** What the server refused, in its words; otherwise that nothing was stored. */
export function sentence(error) {
    return (
        error.data?.message ||
        _t("The server cannot be reached. What you typed is still here: try again.")
    );
}
