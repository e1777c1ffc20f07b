/** @odoo-module ignore **/
// What is typed is kept on the server after a pause. While the line is cut, this browser keeps what
// the server says that it may, locked by a key that only the page of the same person is given.
// Without this file, the buttons of the form keep all of it, as ever.
(() => {
    "use strict";

    const PAUSE_MS = 2_000;
    // Who types without a pause is kept all the same.
    const LONGEST_MS = 15_000;
    // A line where nothing moves any more is cut.
    const SILENCE_MS = 15_000;
    const RETRIES_MS = [3_000, 6_000, 12_000, 30_000];
    // What a browser sends of a page that is being left.
    const PARTING_BYTES = 60_000;
    const PREFIX = "et-typed:";

    function forget(start = PREFIX) {
        for (const name of Object.keys(localStorage)) {
            if (name.startsWith(start)) {
                localStorage.removeItem(name);
            }
        }
    }

    function toBytes(hex) {
        return Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
    }

    function toText(bytes) {
        return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    }

    function fromText(text) {
        return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    }

    /** What this browser keeps of one form for one person; without `settings`, nothing. */
    class Store {
        constructor(settings) {
            this.settings = settings;
            // A page that is not secured has no lock: nothing is kept then.
            this.isOpen = Boolean(settings && window.crypto?.subtle);
            // One after the other: what is emptied is not written again.
            this.turn = Promise.resolve();
        }

        queue(step) {
            this.turn = this.turn.then(() => this.isOpen && step()).catch(() => null);
            return this.turn;
        }

        async open() {
            if (!this.lock) {
                const secret = toBytes(this.settings.key);
                const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", secret));
                const whose = Array.from(digest.slice(0, 8), (byte) => byte.toString(16)).join("");
                this.name = `${PREFIX}${this.settings.slug}:${whose}`;
                const uses = ["encrypt", "decrypt"];
                this.lock = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, uses);
            }
        }

        filter(pairs) {
            return pairs.filter(([name]) => {
                const key = name.replace(/^_rows\./, "").split(".")[0];
                return this.settings.names.includes(key);
            });
        }

        put(pairs) {
            return this.queue(async () => {
                await this.open();
                const iv = crypto.getRandomValues(new Uint8Array(12));
                const said = {pairs: this.filter(pairs), at: Date.now()};
                const words = new TextEncoder().encode(JSON.stringify(said));
                const box = await crypto.subtle.encrypt({name: "AES-GCM", iv}, this.lock, words);
                const entry = {
                    until: Date.now() + this.settings.hours * 3_600_000,
                    draft: this.settings.draft,
                    iv: toText(iv),
                    box: toText(new Uint8Array(box)),
                };
                localStorage.setItem(this.name, JSON.stringify(entry));
                return true;
            });
        }

        get() {
            return this.queue(async () => {
                await this.open();
                const entry = JSON.parse(localStorage.getItem(this.name));
                if (!entry) {
                    return null;
                }
                // The draft that it was typed for was sent, or deleted.
                if (entry.draft && entry.draft !== this.settings.draft) {
                    localStorage.removeItem(this.name);
                    return null;
                }
                const opening = {name: "AES-GCM", iv: fromText(entry.iv)};
                const box = fromText(entry.box);
                const words = await crypto.subtle.decrypt(opening, this.lock, box);
                return JSON.parse(new TextDecoder().decode(words));
            });
        }

        remove() {
            return this.queue(async () => {
                await this.open();
                localStorage.removeItem(this.name);
            });
        }
    }

    function sweep() {
        for (const name of Object.keys(localStorage)) {
            if (name.startsWith(PREFIX)) {
                try {
                    if (JSON.parse(localStorage.getItem(name)).until > Date.now()) {
                        continue;
                    }
                } catch {
                    // Not ours any more.
                }
                localStorage.removeItem(name);
            }
        }
    }

    function follow(form) {
        const line = form.querySelector("[data-saved]");
        const words = form.querySelector("[data-save-words]").content;
        const store = new Store(JSON.parse(form.dataset.store || "null"));
        let typed = 0;
        let saved = 0;
        let since = 0;
        let tries = 0;
        let isCut = false;
        // Its buttons alone from now on.
        let isOver = false;
        let timer = 0;
        let leaving = null;

        function word(name) {
            return words.querySelector(`[data-word=${name}]`).innerHTML;
        }

        function tell(state, sentence, isMarkup = false) {
            line.dataset.state = state;
            line.hidden = !sentence;
            if (line.textContent !== sentence) {
                line[isMarkup ? "innerHTML" : "textContent"] = sentence;
            }
            // It stands at the foot of the screen: never over where she types.
            const typing = form.contains(document.activeElement) && document.activeElement;
            const covered = typing ? typing.getBoundingClientRect().bottom + 12 : 0;
            const top = line.getBoundingClientRect().top;
            if (["cut", "behind"].includes(state) && covered > top && typing.type !== "submit") {
                window.scrollBy(0, covered - top);
            }
        }

        function collect() {
            const data = new FormData(form);
            for (const [name, value] of [...data]) {
                if (value instanceof File) {
                    data.delete(name);
                }
            }
            return data;
        }

        function setHidden(name, value) {
            let input = form.elements[name];
            if (!input) {
                input = document.createElement("input");
                Object.assign(input, {type: "hidden", name});
                form.prepend(input);
            }
            input.value = value;
        }

        function plan(delay) {
            clearTimeout(timer);
            if (!isOver) {
                timer = setTimeout(save, delay);
            }
        }

        async function post(data, options = {}) {
            const response = await fetch(form.dataset.save, {
                method: "POST",
                body: data,
                ...options,
            });
            const answer = await response.json().catch(() => null);
            return [response.status, answer];
        }

        async function onCut() {
            isCut = true;
            const isKept = await store.put([...collect()]);
            tell("cut", word(isKept ? "cut" : "unkept"), true);
            plan(RETRIES_MS[Math.min(tries++, RETRIES_MS.length - 1)]);
        }

        function onAnswer(status, answer, moment) {
            if (status === 200 && answer) {
                saved = moment;
                tries = 0;
                setHidden("_kept", answer.kept);
                if (answer.claim) {
                    setHidden("_claim", answer.claim);
                }
                if (store.settings) {
                    store.settings.draft = answer.draft || "";
                }
                if (saved === typed) {
                    delete form.dataset.typed;
                    store.remove();
                }
                tell("saved", answer.said || "");
            } else if (status === 409 || status === 410) {
                isOver = true;
                store.remove();
                tell("behind", `${answer.error} ${word("look")}`, true);
            } else if (status === 403 && answer) {
                isOver = true;
                tell("behind", answer.error);
            } else {
                // Too many, or the server is ill: the buttons say more.
                tell("", "");
                plan(RETRIES_MS.at(-1));
            }
            if (isCut) {
                isCut = false;
                form.dispatchEvent(new CustomEvent("lineback"));
            }
            if (saved < typed && status === 200) {
                plan(PAUSE_MS);
            }
        }

        async function save() {
            clearTimeout(timer);
            if (isOver || leaving || saved === typed) {
                return;
            }
            const moment = typed;
            since = 0;
            leaving = new AbortController();
            const controller = leaving;
            const silence = setTimeout(() => controller.abort("silence"), SILENCE_MS);
            try {
                const [status, answer] = await post(collect(), {signal: controller.signal});
                onAnswer(status, answer, moment);
            } catch {
                if (controller.signal.reason !== "left") {
                    await onCut();
                }
            } finally {
                clearTimeout(silence);
                leaving = null;
            }
        }

        function onTyped(ev) {
            if (!ev.target.matches("input, textarea, select") || ev.target.type === "file") {
                return;
            }
            typed++;
            since ||= Date.now();
            if (!isCut) {
                plan(Date.now() - since > LONGEST_MS ? 0 : PAUSE_MS);
            }
            if (isCut && !isOver) {
                store.put([...collect()]);
            }
        }

        /** Left in a hurry, or put aside with the telephone in a pocket. */
        function part() {
            if (isOver || saved === typed || form.dataset.sent) {
                return;
            }
            const data = new URLSearchParams([...collect()]);
            if (data.toString().length < PARTING_BYTES) {
                const moment = typed;
                post(data, {keepalive: true}).then(
                    ([status, answer]) => onAnswer(status, answer, moment),
                    () => onCut()
                );
            }
        }

        async function offer() {
            const said = await store.get();
            if (!said) {
                return;
            }
            const shown = JSON.stringify(store.filter([...collect()]).sort());
            if (shown === JSON.stringify(said.pairs.sort())) {
                store.remove();
                return;
            }
            const box = form.querySelector("[data-store-offer]");
            const options = {dateStyle: "long", timeStyle: "short"};
            const lang = document.documentElement.lang || "fr";
            const moment = new Date(said.at).toLocaleString(lang, options);
            box.querySelector("[data-moment]").textContent = moment;
            box.querySelector("[data-resume]").addEventListener("click", async () => {
                const data = collect();
                for (const [name] of store.filter([...data])) {
                    data.delete(name);
                }
                for (const [name, value] of store.filter(said.pairs)) {
                    data.append(name, value);
                }
                const [status, answer] = await post(data).catch(() => [0, null]);
                if (status === 200) {
                    await store.remove();
                    delete form.dataset.typed;
                    typed = saved;
                    // Not reloaded: a browser would write again what was on the page before.
                    location.replace(location.pathname + location.search);
                } else {
                    tell("behind", answer?.error || word("unkept"), !answer?.error);
                    line.scrollIntoView({block: "nearest"});
                }
            });
            box.querySelector("[data-drop]").addEventListener("click", () => {
                store.remove();
                box.hidden = true;
                form.querySelector("h2[tabindex], fieldset")?.focus();
            });
            box.hidden = false;
        }

        form.addEventListener("input", onTyped);
        form.addEventListener("change", onTyped);
        form.addEventListener("submit", (ev) => {
            if (!ev.defaultPrevented) {
                // The form takes all of it.
                clearTimeout(timer);
                leaving?.abort("left");
            }
        });
        window.addEventListener("online", () => plan(0));
        window.addEventListener("pagehide", part);
        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "hidden") {
                part();
            }
        });
        document.addEventListener("click", (ev) => {
            if (ev.target.closest("a[href*='/web/session/logout']")) {
                forget();
            }
        });
        offer();
    }

    try {
        sweep();
    } catch {
        // A browser that keeps nothing at all.
        return;
    }
    for (const form of document.querySelectorAll("form[data-save]")) {
        follow(form);
    }
})();
