/** @odoo-module ignore **/
// The forms work without this file: it hides the questions that do not apply, shows the names of
// the files chosen and ignores a second press while the first is on its way.
(() => {
    "use strict";

    function answersOf(form, key) {
        const values = [];
        for (const input of form.querySelectorAll(`[name="${key}"]`)) {
            if (input.type === "checkbox" || input.type === "radio") {
                if (input.checked && !input.disabled) {
                    values.push(input.value);
                }
            } else if (input.type === "file") {
                values.push(...Array.from(input.files, () => "file"));
            } else if (input.value.trim()) {
                values.push(input.value.trim());
            }
        }
        const input = form.querySelector(`[data-if] [name="${key}"]`);
        const isHidden = input && input.closest("[data-if]").hidden;
        return isHidden ? [] : values;
    }

    function holds(form, [key, operator, expected]) {
        const values = answersOf(form, key);
        const yes = {
            true: "1",
            oui: "1",
            yes: "1",
            on: "1",
            false: "0",
            non: "0",
            no: "0",
            off: "0",
        };
        const found = values.some(
            (value) =>
                expected.includes(value) ||
                expected.some((other) => yes[other.toLowerCase()] === value)
        );
        switch (operator) {
            case "set":
                return values.length > 0;
            case "not set":
                return values.length === 0;
            case "!=":
                return !found;
            default:
                return found;
        }
    }

    function refresh(form) {
        // The condition of a part, then the question's own: both must hold.
        for (const block of form.querySelectorAll("[data-if]")) {
            const conditions = JSON.parse(block.dataset.if);
            block.hidden = !conditions.every((condition) => holds(form, condition));
        }
        // A part whose questions are all hidden is hidden too.
        for (const step of form.querySelectorAll("fieldset.et-step")) {
            const blocks = Array.from(step.querySelectorAll("[data-field]"));
            step.hidden = blocks.every((block) => block.hidden);
        }
    }

    function showNames(input) {
        const picked = input.parentElement.querySelector(".et-picked");
        if (!picked) {
            return;
        }
        const names = Array.from(input.files, (file) => file.name);
        picked.hidden = !names.length;
        picked.style.display = names.length ? "flex" : "";
        picked.lastElementChild.textContent = names.join(", ");
    }

    for (const form of document.querySelectorAll("[data-procedure-form]")) {
        for (const sentence of form.querySelectorAll("[data-if-sentence]")) {
            sentence.hidden = true;
        }
        refresh(form);
        form.addEventListener("change", (ev) => {
            if (ev.target.type === "file") {
                showNames(ev.target);
            }
            refresh(form);
        });
        form.addEventListener("submit", (ev) => {
            if (form.dataset.sent) {
                ev.preventDefault();
            }
            form.dataset.sent = "1";
        });
        window.addEventListener("pageshow", () => delete form.dataset.sent);
    }
})();
