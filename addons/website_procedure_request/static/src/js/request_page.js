/** @odoo-module ignore **/
// The button that prints: without this file, the menu of the browser does.
(() => {
    "use strict";

    for (const place of document.querySelectorAll("[data-print]")) {
        place.hidden = false;
        place.addEventListener("click", () => window.print());
    }
})();
