/** @odoo-module ignore **/
// Boxes of the search: the first results under the box while one types, and the village that this
// browser remembers, so that its results come first. Without this file the form goes to the page.
(() => {
    "use strict";

    const PATH = "/recherche";
    const WAIT = 180;
    // After which what is shown is of words that are no more those of the box.
    const STALE = 400;
    const SHORTEST = 2;
    const COOKIE = /(?:^|; )mon_village=([0-9A-Za-z]{5})(?:;|$)/;
    const own = document.cookie.match(COOKIE)?.[1];
    // The words are those of the page: there is one language.
    const TOLD = {
        list: "Suggestions",
        none: "Aucune suggestion",
        one: "1 suggestion",
        several: (count) => `${count} suggestions`,
    };

    function addOwn(form) {
        if (own && !form.elements.pres) {
            const hidden = document.createElement("input");
            hidden.type = "hidden";
            hidden.name = "pres";
            hidden.value = own;
            form.append(hidden);
        }
    }

    function suggest(form, rank) {
        const input = form.elements.q;
        const list = document.createElement("ul");
        const told = document.createElement("span");
        let timer = null;
        let stale = null;
        let asking = null;
        let active = -1;

        list.id = `et-suggest-${rank}`;
        list.className = "et-suggest";
        list.setAttribute("role", "listbox");
        list.setAttribute("aria-label", TOLD.list);
        list.hidden = true;
        told.className = "visually-hidden";
        told.setAttribute("role", "status");
        // A combobox is a box of text: a search box may not be one.
        input.type = "text";
        input.enterKeyHint = "search";
        input.autocomplete = "off";
        input.setAttribute("role", "combobox");
        input.setAttribute("aria-autocomplete", "list");
        input.setAttribute("aria-expanded", "false");
        input.setAttribute("aria-controls", list.id);
        form.append(list, told);

        function close() {
            clearTimeout(timer);
            asking?.abort();
            clear();
        }

        function clear() {
            clearTimeout(stale);
            list.hidden = true;
            list.replaceChildren();
            told.textContent = "";
            active = -1;
            input.setAttribute("aria-expanded", "false");
            input.removeAttribute("aria-activedescendant");
        }

        function choose(index) {
            const options = [...list.children];
            active = (index + options.length + 1) % (options.length + 1);
            // Beyond the last one, one is back in the box.
            options.forEach((option, each) =>
                option.setAttribute("aria-selected", String(each === active))
            );
            if (active < options.length) {
                input.setAttribute("aria-activedescendant", options[active].id);
                options[active].scrollIntoView({block: "nearest"});
            } else {
                active = -1;
                input.removeAttribute("aria-activedescendant");
            }
        }

        function show(found) {
            clearTimeout(stale);
            list.replaceChildren(
                ...found.map((each, index) => {
                    const option = document.createElement("li");
                    const label = document.createElement("small");
                    option.id = `${list.id}-${index}`;
                    option.setAttribute("role", "option");
                    option.setAttribute("aria-selected", "false");
                    option.dataset.url = each.url;
                    label.textContent = each.label;
                    option.append(each.name, label);
                    return option;
                })
            );
            active = -1;
            input.removeAttribute("aria-activedescendant");
            list.hidden = !found.length;
            input.setAttribute("aria-expanded", String(Boolean(found.length)));
            told.textContent =
                found.length > 1 ? TOLD.several(found.length) : found.length ? TOLD.one : TOLD.none;
        }

        function ask() {
            const words = input.value.trim();
            asking?.abort();
            if (words.length < SHORTEST) {
                close();
                return;
            }
            asking = new AbortController();
            clearTimeout(stale);
            stale = setTimeout(clear, STALE);
            const query = new URLSearchParams({q: words, ...(own ? {pres: own} : {})});
            fetch(`${PATH}/suggestions?${query}`, {
                credentials: "omit",
                signal: asking.signal,
            })
                .then((response) => (response.ok ? response.json() : []))
                .then((found) => document.activeElement === input && show(found))
                // Asked again since, or without network: the box is still a box.
                .catch((error) => error.name === "AbortError" || clear());
        }

        input.addEventListener("input", () => {
            clearTimeout(timer);
            timer = setTimeout(ask, WAIT);
        });
        input.addEventListener("keydown", (event) => {
            if (event.key === "Escape" && !list.hidden) {
                event.preventDefault();
                close();
            } else if (event.key === "ArrowDown" && list.hidden) {
                ask();
            } else if (event.key === "ArrowDown") {
                event.preventDefault();
                choose(active + 1);
            } else if (event.key === "ArrowUp" && !list.hidden) {
                event.preventDefault();
                choose(active < 0 ? list.children.length - 1 : active - 1);
            } else if (event.key === "Enter" && active >= 0) {
                event.preventDefault();
                location.assign(list.children[active].dataset.url);
            }
        });
        // Before the box loses the focus.
        list.addEventListener("mousedown", (event) => event.preventDefault());
        list.addEventListener("click", (event) => {
            const option = event.target.closest("[role=option]");
            if (option) {
                location.assign(option.dataset.url);
            }
        });
        input.addEventListener("blur", close);
        // Some telephones leave the focus where it is when one touches the page.
        document.addEventListener("pointerdown", (event) => form.contains(event.target) || close());
        form.addEventListener("submit", () => addOwn(form));
    }

    document
        .querySelectorAll(`form[role=search][action="${PATH}"]`)
        .forEach((form, rank) => suggest(form, rank));
})();
