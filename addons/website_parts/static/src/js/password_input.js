/** @odoo-module ignore **/
// A password typed once, that one may read. Without this file it is typed unseen, as anywhere.
(() => {
    "use strict";

    for (const button of document.querySelectorAll("[data-reveal]")) {
        const box = button.parentElement.querySelector("input");
        const show = (isShown) => {
            box.type = isShown ? "text" : "password";
            button.setAttribute("aria-pressed", String(isShown));
        };
        button.hidden = false;
        button.addEventListener("click", () => show(box.type === "password"));
        // Browsers keep what was typed in a box of text.
        box.form.addEventListener("submit", () => show(false));
    }
})();
