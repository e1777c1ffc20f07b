/** @odoo-module ignore **/
// The presentation of a new sheet begins with the lines of its category, as soon as one chooses it.
// Without this file they come once the draft is kept.
(() => {
    "use strict";

    document.querySelectorAll("[data-lines]").forEach((place) => {
        const lines = JSON.parse(place.dataset.lines);
        const form = place.closest("form");
        const category = form?.elements.category_id;
        const body = form?.elements.body;
        if (!category || !body) {
            return;
        }
        const begun = new Set(["", ...Object.values(lines)]);
        const plain = () => body.value.replace(/\r\n/g, "\n").trim();
        category.addEventListener("change", () => {
            // What somebody wrote stays.
            if (begun.has(plain())) {
                body.value = lines[category.value] || "";
                body.dispatchEvent(new Event("input", {bubbles: true}));
            }
        });
    });
})();
