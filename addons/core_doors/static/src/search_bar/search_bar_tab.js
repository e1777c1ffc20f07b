import {SearchBar} from "@web/search/search_bar/search_bar";
import {patch} from "@web/core/utils/patch";
import {useExternalListener} from "@odoo/owl";

/**
 * Core keeps Tab inside the search box as soon as it holds a facet: nothing below is reached by
 * keyboard (WCAG 2.1.2, no keyboard trap). With the list of suggestions closed, Tab is the browser's.
 */
patch(SearchBar.prototype, {
    setup() {
        super.setup();
        useExternalListener(
            window,
            "keydown",
            (ev) => {
                const inside = this.root.el?.contains(ev.target);
                if (ev.key === "Tab" && inside && !this.inputDropdownState.isOpen) {
                    ev.stopPropagation();
                }
            },
            {capture: true}
        );
    },
});
