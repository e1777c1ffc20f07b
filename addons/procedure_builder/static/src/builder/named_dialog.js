import {onMounted} from "@odoo/owl";
import {useChildRef} from "@web/core/utils/hooks";

/** Core's dialogs have no name for a screen reader: to be given as their `modalRef`. */
export function useNamedDialog() {
    const ref = useChildRef();
    onMounted(() => {
        const title = ref.el.querySelector(".modal-title");
        ref.el.setAttribute("aria-label", title.textContent.trim());
        ref.el.setAttribute("aria-modal", "true");
    });
    return ref;
}
