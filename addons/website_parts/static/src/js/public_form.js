/** @odoo-module ignore **/
// The forms work without this file: it hides the questions that do not apply, shows the names of
// the files chosen, ignores a second press while the first is on its way and asks before what is
// typed is left.
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
        const kept = form.querySelectorAll(`[data-kept="${key}"] > li`);
        values.push(...Array.from(kept, () => "file"));
        // What is hidden counts for nothing; what another page holds is not hidden.
        const input = form.querySelector(`[name="${key}"]`);
        return input && input.closest("[data-if][hidden]") ? [] : values;
    }

    // Numbers, dates and times as people or machines write them; NaN compares with nothing.
    function toNumber(text, kind) {
        if (kind === "time") {
            const time = text.match(/^(\d{1,2}?)(?:\s*(?:h|heures?|[:.,])\s*)?(\d{2})?$/i);
            return time ? time[1] * 60 + Number(time[2] || 0) : NaN;
        }
        const day = text.match(/^(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})$/);
        const iso = text.match(/^(\d{4})-(\d{2})-(\d{2})$/);
        if (day) {
            return Date.UTC(day[3], day[2] - 1, day[1]);
        }
        if (iso) {
            return Date.UTC(iso[1], iso[2] - 1, iso[3]);
        }
        const number = text
            .replace(/\s/g, "")
            .replace(/(€|euros?|eur)(\d\d)$/i, ",$2")
            .replace(/(€|euros?|eur)$/i, "")
            .replace(/[−–]/, "-")
            .replace(",", ".");
        return number ? Number(number) : NaN;
    }

    function holdGroup(form, [join, conditions]) {
        const held = conditions.map((condition) => holds(form, condition));
        return join === "any" ? held.includes(true) : !held.includes(false);
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
        // 12,5 and 12.50 are the same number, not the same text.
        const kind = form.querySelector(`[name="${key}"]`)?.dataset.number;
        const found = values.some(
            (value) =>
                expected.includes(value) ||
                (kind &&
                    expected.some((other) => toNumber(other, kind) === toNumber(value, kind))) ||
                expected.some((other) => yes[other.toLowerCase()] === value)
        );
        const number = toNumber(values[0] || "", kind);
        const limit = toNumber(expected[0] || "", kind);
        switch (operator) {
            case "<":
                return number < limit;
            case "<=":
                return number <= limit;
            case ">":
                return number > limit;
            case ">=":
                return number >= limit;
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
        // In the order of the page: what hides a question may hide those that depend on it.
        for (const block of form.querySelectorAll("[data-if], [data-same]")) {
            const groups = JSON.parse(block.dataset.if || "[]");
            const same = form.querySelector(`[name="${block.dataset.same}"]`);
            block.hidden =
                !groups.every((group) => holdGroup(form, group)) || Boolean(same && same.checked);
        }
        // A part whose questions are all hidden is hidden too.
        for (const step of form.querySelectorAll("fieldset.et-step:not([data-if])")) {
            const blocks = Array.from(step.querySelectorAll("[data-field]"));
            step.hidden = blocks.every((block) => block.hidden);
        }
        // The numbers that are seen follow one another.
        const shown = form.querySelectorAll(".et-step:not([hidden], .et-step--plain) .et-num");
        shown.forEach((number, index) => (number.textContent = index + 1));
    }

    // The days are those of the child chosen on this page.
    function nameWhom(form) {
        const chosen = form.querySelector("[name=_for]:checked");
        for (const place of form.querySelectorAll("[data-whom]")) {
            if (chosen) {
                place.textContent = `– ${chosen.labels[0].textContent.trim()}`;
            }
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

    // While the form leaves, its button says so and is pressed once. The browser does not tell when
    // its reader stops the page: after a while the button works again.
    const LEAVING_MS = 15_000;
    const LEAVING_WITH_FILES_MS = 120_000;

    function hold(form, button) {
        form.dataset.sent = "1";
        const words = button?.dataset.leaving || form.dataset.leaving;
        if (words && button?.matches(".et-actions .btn")) {
            form.leaving = {button, words: [...button.childNodes]};
            button.replaceChildren(words);
        }
    }

    function release(form) {
        clearTimeout(form.releasing);
        delete form.dataset.sent;
        form.leaving?.button.replaceChildren(...form.leaving.words);
        delete form.leaving;
    }

    // Who comes back finds the form as it is kept; an answer to a post would be "document expired"
    // to her, for such pages are stored by no browser.
    function askAgain(form) {
        const page = form.dataset.page || location.pathname + location.search;
        history.replaceState(history.state, "", page);
    }

    for (const form of document.querySelectorAll("[data-public-form]")) {
        for (const sentence of form.querySelectorAll("[data-if-sentence]")) {
            sentence.hidden = true;
        }
        refresh(form);
        nameWhom(form);
        form.addEventListener("change", (ev) => {
            if (ev.target.type === "file") {
                showNames(ev.target);
            }
            refresh(form);
            nameWhom(form);
        });
        // A name proposed beside an error: written at once, without sending the form.
        form.addEventListener("click", (ev) => {
            const button = ev.target.closest("[name=_take]");
            if (button) {
                ev.preventDefault();
                const place = button.value.indexOf("=");
                const input = form.elements[button.value.slice(0, place)];
                const field = button.closest(".et-field");
                input.value = button.value.slice(place + 1);
                input.removeAttribute("aria-invalid");
                field.classList.remove("et-field--bad");
                field.querySelector(".et-err").remove();
                button.parentElement.remove();
                input.focus();
                input.dispatchEvent(new Event("change", {bubbles: true}));
            }
        });
        // The button that waits for files on their way.
        let held = null;
        form.addEventListener("submit", (ev) => {
            if (form.dataset.sent) {
                ev.preventDefault();
                return;
            }
            hold(form, ev.submitter);
            if (form.dataset.uploading) {
                // It leaves once its files have.
                ev.preventDefault();
                held = ev.submitter;
                return;
            }
            const files = form.querySelectorAll("[type=file]");
            const hasFiles = Array.from(files).some((input) => input.files.length);
            const delay = hasFiles ? LEAVING_WITH_FILES_MS : LEAVING_MS;
            form.releasing = setTimeout(release, delay, form);
            askAgain(form);
        });
        form.addEventListener("uploaded", (ev) => {
            const submitter = held;
            held = null;
            if (submitter) {
                release(form);
                if (ev.detail) {
                    form.requestSubmit(submitter);
                }
            }
        });
        document.addEventListener("click", (ev) => {
            if (ev.target.closest("a[href]:not([href^='#'])")) {
                askAgain(form);
            }
        });
        window.addEventListener("pageshow", () => release(form));
        // Chromium and others to come do tell.
        window.navigation?.addEventListener("navigateerror", () => release(form));
        // What is typed and not sent would be lost: the browser asks. Never in the builder's frame.
        form.addEventListener("input", () => (form.dataset.typed = "1"));
        window.addEventListener("beforeunload", (ev) => {
            if (form.dataset.typed && !form.dataset.sent && window === window.top) {
                ev.preventDefault();
            }
        });
    }
})();
