import {Chatter} from "@mail/chatter/web_portal/chatter";
import {Thread} from "@mail/core/common/thread";
import {patch} from "@web/core/utils/patch";

const DESK = "procedure.request";

patch(Chatter.prototype, {
    /** Who receives what is written here is said by name, not “followers only”. */
    get isDesk() {
        return this.props.threadModel === DESK;
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
