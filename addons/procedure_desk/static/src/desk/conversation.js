import {Chatter} from "@mail/chatter/web_portal/chatter";
import {Message} from "@mail/core/common/message_model";
import {Thread} from "@mail/core/common/thread";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

const DESK = "procedure.request";

patch(Chatter.prototype, {
    /** Who receives what is written here is said by name, not “followers only”. */
    get isDesk() {
        return this.props.threadModel === DESK;
    },
    /** Nobody is left to write to, and the server refuses it. */
    get isErased() {
        return this.isDesk && Boolean(this.props.record?.data.date_anonymised);
    },
    /** Who gave no contact is not written to, but answered on the page if she wrote there. */
    get isWritable() {
        const {is_reachable: isReachable, written_on: writtenOn} = this.props.record?.data || {};
        return isReachable !== false || Boolean(writtenOn);
    },
    get applicantName() {
        return this.props.record?.data.applicant_name || _t("the applicant");
    },
    /** Who has no e-mail is written to by letter: said before a word is typed. */
    get routeLabel() {
        return this.props.record?.data.route_label || this.applicantName;
    },
    get deskProps() {
        if (!this.isDesk) {
            return {};
        }
        const isNote = this.state.composerType === "note";
        return {
            placeholder: isNote
                ? _t("Read by colleagues only…")
                : _t("Your message to %(name)s…", {name: this.applicantName}),
        };
    },
});

patch(Message.prototype, {
    /** Who has no account is called by her name: `"Jeanne" <service@…>` is no author. */
    get authorName() {
        const name = super.authorName;
        return name && !this.author_id ? name.match(/^\s*"?([^"<]+?)"?\s*</)?.[1] || name : name;
    },
});

patch(Thread.prototype, {
    /**
     * Core keeps the former messages in place when newer ones arrive above them: after an act, what
     * has just left was out of sight (“did it leave?”).
     */
    applyScrollContextually(thread) {
        const isNewer = thread.newestPersistentMessage?.id > this.newestPersistentMessage?.id;
        if (thread.model === DESK && this.props.order === "desc" && isNewer) {
            this.setScroll(0);
            return;
        }
        super.applyScrollContextually(thread);
    },
});
