/** @odoo-module ignore **/
// A page that answers to a post is stored by no browser: gone back to, it would be "document
// expired". From now on this one is asked again, by its address.
(() => {
    "use strict";

    for (const {dataset} of document.querySelectorAll("[data-asked-again]")) {
        history.replaceState(history.state, "", dataset.askedAgain);
    }
})();
