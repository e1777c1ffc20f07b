/** @odoo-module ignore **/
// Rows of a repeated block, added and taken out at once. Without this file the same buttons send
// the form, which comes back with one row more or less.
(() => {
    "use strict";

    const NUMBERED = ["name", "id", "for", "aria-describedby", "data-same", "data-if", "data-key"];

    function rowsOf(block) {
        return Array.from(block.querySelectorAll("[data-row]"));
    }

    function number(block, row, index) {
        const key = block.dataset.block;
        const label = `${block.dataset.label} ${index + 1}`;
        const former = new RegExp(`\\b${key}([.-])\\d+`, "g");
        for (const element of [row, ...row.querySelectorAll("*")]) {
            for (const attribute of NUMBERED) {
                const value = element.getAttribute(attribute);
                if (value) {
                    element.setAttribute(attribute, value.replace(former, `${key}$1${index}`));
                }
            }
        }
        row.querySelector("legend").textContent = label;
        const button = row.querySelector("[name=_drop]");
        button.value = `${key}.${index}`;
        button.querySelector("span").textContent = ` ${label}`;
    }

    function empty(row) {
        for (const input of row.querySelectorAll("input, select, textarea")) {
            if (input.type === "checkbox" || input.type === "radio") {
                input.checked = false;
            } else if (input.type !== "hidden") {
                input.value = "";
            }
            input.removeAttribute("aria-invalid");
        }
        for (const error of row.querySelectorAll(".et-err")) {
            error.remove();
        }
        for (const bad of row.querySelectorAll(".et-field--bad")) {
            bad.classList.remove("et-field--bad");
        }
    }

    function add(block) {
        const rows = rowsOf(block);
        const last = rows[rows.length - 1];
        const row = last.cloneNode(true);
        empty(row);
        // Before it is in the page: radios of one name would take the answer of the row above.
        number(block, row, rows.length);
        last.after(row);
        return row;
    }

    function drop(block, row) {
        const rows = rowsOf(block);
        const index = rows.indexOf(row);
        row.remove();
        rows.splice(index, 1);
        rows.forEach((each, place) => number(block, each, place));
        return rows[Math.min(index, rows.length - 1)];
    }

    function show(block) {
        const count = rowsOf(block).length;
        const least = Math.max(Number(block.dataset.min), 1);
        block.querySelector(`[name="_rows.${block.dataset.block}"]`).value = count;
        block.querySelector("[name=_add]").hidden = count >= Number(block.dataset.max);
        for (const button of block.querySelectorAll("[name=_drop]")) {
            button.hidden = count <= least;
        }
        // Read aloud: what the eye sees appear or go.
        block.querySelector("[data-said]").textContent = `${block.dataset.label}\u00a0: ${count}`;
        block.dispatchEvent(new Event("change", {bubbles: true}));
    }

    for (const block of document.querySelectorAll("[data-block]")) {
        block.addEventListener("click", (ev) => {
            const button = ev.target.closest("[name=_add], [name=_drop]");
            if (button) {
                ev.preventDefault();
                const row =
                    button.name === "_add" ? add(block) : drop(block, button.closest("[data-row]"));
                show(block);
                row.focus();
            }
        });
    }
})();
