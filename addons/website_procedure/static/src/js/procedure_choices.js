/** @odoo-module ignore **/
// A list that depends on an answer of the same page is asked again when this one changes. Without
// this file each row says its parent, and the server refuses what does not go with the answer.
(() => {
    "use strict";

    function fill(input, choices) {
        if (input.tagName === "SELECT") {
            const chosen = input.value;
            const [empty] = input.options;
            input.replaceChildren(
                empty,
                ...choices.map(([value, label]) => new Option(label, value))
            );
            input.value = choices.some(([value]) => value === chosen) ? chosen : "";
        } else {
            const list = document.getElementById(`${input.id}-p`);
            list.replaceChildren(
                ...choices.map(([, label]) => {
                    const option = document.createElement("option");
                    option.value = label;
                    return option;
                })
            );
        }
        input.dispatchEvent(new Event("change", {bubbles: true}));
    }

    for (const input of document.querySelectorAll("[data-source]")) {
        let asked = 0;
        input.form.addEventListener("change", async (ev) => {
            if (ev.target.name !== input.dataset.above) {
                return;
            }
            const turn = ++asked;
            const words = encodeURIComponent(ev.target.value.trim());
            try {
                const answer = await fetch(`${input.dataset.source}?dans=${words}`);
                // The last answer above is the one that counts.
                if (answer.ok && turn === asked) {
                    fill(input, await answer.json());
                }
            } catch {
                // The line is cut: the list stays as it is.
            }
        });
    }
})();
