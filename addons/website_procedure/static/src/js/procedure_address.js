/** @odoo-module ignore **/
// Addresses proposed while the street is typed; choosing one fills in the postcode and the commune.
// Our own server asks the State's service: without an answer, everything is typed as before.
(() => {
    "use strict";

    const PAUSE = 300;
    const LEAST = 4;

    for (const input of document.querySelectorAll("[data-suggest]")) {
        const list = document.createElement("datalist");
        list.id = `${input.id}-s`;
        input.after(list);
        input.setAttribute("list", list.id);
        input.setAttribute("autocomplete", "off");
        let known = [];
        let timer = null;

        const fill = (part, value) => {
            const name = input.name.replace(/street$/, part);
            input.form.elements[name].value = value;
        };
        const ask = async () => {
            const words = input.value.trim();
            try {
                const url = `${input.dataset.suggest}?q=${encodeURIComponent(words)}`;
                const answer = await fetch(url);
                known = answer.ok ? await answer.json() : [];
            } catch {
                known = [];
            }
            list.replaceChildren(
                ...known.map((address) => {
                    const option = document.createElement("option");
                    option.value = address.label;
                    return option;
                })
            );
        };
        input.addEventListener("input", () => {
            const chosen = known.find((address) => address.label === input.value);
            clearTimeout(timer);
            if (chosen) {
                input.value = chosen.street;
                fill("zip", chosen.zip);
                fill("commune", chosen.commune);
                list.replaceChildren();
            } else if (input.value.trim().length >= LEAST) {
                timer = setTimeout(ask, PAUSE);
            }
        });
    }
})();
