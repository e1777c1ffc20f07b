/** @odoo-module ignore **/
// A file leaves as soon as it is chosen: a photo is made smaller here, its progress is shown, and
// it is kept with what is typed. Without this file, files leave with the form; and so does each
// file that could not leave alone, for it stays in its input until it is kept.
(() => {
    "use strict";

    // A line where nothing moves any more says nothing by itself.
    const SILENCE_MS = 60_000;

    function follow(form) {
        const words = form.querySelector("[data-upload-words]").content;
        const line = form.querySelector("[data-upload-line]").content.firstElementChild;
        const status = form.querySelector("[data-upload-said]");
        const maxSize = Number(form.dataset.maxSize);
        const items = new Set();
        let turn = Promise.resolve();
        // Whether each file of this turn was kept: a form that waits for them then leaves.
        let isWhole = true;

        function say(word, values = {}) {
            const sentence = words.querySelector(`[data-word=${word}]`).textContent;
            return sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
        }

        function size(bytes) {
            const mb = bytes / (1024 * 1024);
            const word = mb < 1 ? "kb" : "mb";
            const number =
                mb < 1 ? Math.max(1, Math.round(bytes / 1024)) : Math.round(mb * 10) / 10;
            return say(word, {size: number.toLocaleString(document.documentElement.lang || "fr")});
        }

        function isAlive(item) {
            return ["waiting", "sending", "cut"].includes(item.state);
        }

        // What is not kept yet would leave with the form.
        function fillInput(input) {
            const list = new DataTransfer();
            for (const item of items) {
                if (item.input === input && isAlive(item)) {
                    list.items.add(item.file);
                }
            }
            input.files = list.files;
        }

        /** Show where this file is; what is `said` is read out too. */
        function show(item, state, sentence, said = sentence) {
            item.state = state;
            item.line.dataset.state = state;
            item.line.querySelector("[data-words]").textContent = sentence;
            const progress = item.line.querySelector("progress");
            progress.hidden = !["waiting", "sending"].includes(state);
            item.line.querySelector("[data-retry]").hidden = state !== "cut";
            item.line.querySelector("[data-cancel]").hidden = !isAlive(item);
            if (said) {
                status.textContent = said;
            }
        }

        function refuse(item, sentence) {
            show(item, "refused", sentence);
            fillInput(item.input);
        }

        function drop(item) {
            items.delete(item);
            item.line.remove();
        }

        function showProgress(item, sent, total) {
            const percent = Math.floor((100 * sent) / total);
            const sentence = percent < 100 ? say("sending", {percent}) : say("checking");
            const quarter = Math.floor(percent / 25);
            item.line.querySelector("progress").value = percent;
            // Four times, not a hundred.
            show(
                item,
                "sending",
                `${item.title}. ${sentence}`,
                quarter !== item.quarter && sentence
            );
            item.quarter = quarter;
        }

        function collect(item) {
            const data = new FormData(form);
            for (const [name, value] of [...data]) {
                if (value instanceof File) {
                    data.delete(name);
                }
            }
            data.set("_field", item.input.name);
            data.set(item.input.name, item.file, item.file.name);
            return data;
        }

        function setClaim(claim) {
            let input = form.elements._claim;
            if (!input) {
                input = document.createElement("input");
                input.type = "hidden";
                input.name = "_claim";
                form.prepend(input);
            }
            input.value = claim;
        }

        /** Files that the field still takes: one more for each that is to be replaced. */
        function roomOf(fieldset) {
            const box = fieldset.querySelector(".et-file");
            return Number(box.dataset.room) + fieldset.querySelectorAll("[name=_replaces]").length;
        }

        function showBox(fieldset) {
            const box = fieldset.querySelector(".et-file");
            const hadFocus = box.contains(document.activeElement);
            box.hidden = roomOf(fieldset) < 1;
            if (box.hidden && hadFocus) {
                fieldset.focus();
            }
        }

        /** The field as it is now, whether this file was kept or not. */
        function showKept(item, answer) {
            if (answer.claim) {
                setClaim(answer.claim);
            }
            if (answer.stamp && form.elements._kept) {
                form.elements._kept.value = answer.stamp;
            }
            const box = item.fieldset.querySelector(".et-file");
            const kept = new DOMParser().parseFromString(answer.kept, "text/html").body;
            item.fieldset.querySelector(".et-files")?.remove();
            box.before(...kept.children);
            box.dataset.room = answer.room;
            showBox(item.fieldset);
        }

        /** The next file takes the place of this one, or no longer does. */
        function replace(button) {
            const row = button.closest("li");
            const fieldset = row.closest("fieldset");
            const file = button.value.replace("-", "");
            const isReplaced = button.value === file;
            row.querySelector("[name=_replaces]")?.remove();
            if (isReplaced) {
                const input = document.createElement("input");
                Object.assign(input, {type: "hidden", name: "_replaces", value: file});
                row.append(input);
            }
            row.classList.toggle("is-replaced", isReplaced);
            for (const part of row.querySelectorAll("[data-replaced]")) {
                part.hidden = (part.dataset.replaced === "1") !== isReplaced;
            }
            showBox(fieldset);
            if (isReplaced) {
                status.textContent = row.querySelector("p[data-replaced]").textContent;
                // The camera where there is one.
                const inputs = [...fieldset.querySelectorAll(".et-file [type=file]")];
                inputs.find((input) => input.parentElement.offsetParent)?.focus();
            } else {
                row.querySelector("[data-replaced='0']").focus();
            }
        }

        function onAnswer(item, code, answer) {
            item.isLineCut = !code;
            if (answer && "kept" in answer) {
                showKept(item, answer);
            }
            if (code === 200 && answer) {
                drop(item);
                status.textContent = say("kept", {name: item.file.name});
                for (const input of item.fieldset.querySelectorAll("[type=file]")) {
                    input.required = false;
                }
                item.fieldset.querySelector(".et-err")?.remove();
                item.fieldset.closest(".et-field").classList.remove("et-field--bad");
                item.state = "kept";
                fillInput(item.input);
            } else if (code === 422 && answer) {
                refuse(item, answer.error);
            } else {
                // Its sentence says to send the form, and the file leaves with it.
                show(item, "cut", answer?.error || say("cut", {name: item.file.name}));
            }
            // Questions may depend on the number of files.
            item.fieldset.dispatchEvent(new Event("change", {bubbles: true}));
        }

        function send(item) {
            return new Promise((resolve) => {
                if (item.state !== "waiting") {
                    resolve();
                    return;
                }
                const xhr = (item.xhr = new XMLHttpRequest());
                let silence = 0;
                const listen = () => {
                    clearTimeout(silence);
                    silence = setTimeout(() => xhr.abort(), SILENCE_MS);
                };
                item.quarter = -1;
                showProgress(item, 0, 1);
                xhr.upload.addEventListener("progress", (ev) => {
                    listen();
                    if (items.has(item)) {
                        showProgress(item, ev.loaded, ev.total || 1);
                    }
                });
                xhr.addEventListener("loadend", () => {
                    clearTimeout(silence);
                    try {
                        if (items.has(item)) {
                            onAnswer(item, xhr.status, xhr.response);
                        }
                    } finally {
                        resolve();
                    }
                });
                xhr.open("POST", form.dataset.upload);
                xhr.responseType = "json";
                xhr.send(collect(item));
                listen();
            });
        }

        /** One after the other: the first file of a visitor brings the secret of her form. */
        function queue(item, makeReady) {
            form.dataset.uploading = Number(form.dataset.uploading || 0) + 1;
            turn = turn
                .then(makeReady)
                .then(() => send(item))
                // Whatever breaks here, the form must be able to leave, with the file in its input.
                .catch(() => show(item, "cut", say("cut", {name: item.file.name})))
                .then(() => {
                    const left = Number(form.dataset.uploading) - 1;
                    form.dataset.uploading = left || "";
                    isWhole &&= item.state === "kept";
                    if (!left) {
                        form.dispatchEvent(new CustomEvent("uploaded", {detail: isWhole}));
                        isWhole = true;
                    }
                });
        }

        async function prepare(item) {
            if (!items.has(item)) {
                return;
            }
            const whole = item.file;
            show(item, "waiting", say("preparing", {name: whole.name}));
            const values = {name: whole.name, size: size(whole.size), maximum: size(maxSize)};
            const file = item.isPhoto
                ? await window.shrinkPhoto(whole, Number(form.dataset.maxSide))
                : whole;
            if (!items.has(item)) {
                return;
            }
            if (file.size > maxSize) {
                refuse(item, say("large", {...values, size: size(file.size)}));
                return;
            }
            values.less = size(file.size);
            item.title = say(file === whole ? "ready" : "smaller", values);
            item.file = file;
            fillInput(item.input);
        }

        function choose(input) {
            const fieldset = input.closest("fieldset");
            const box = input.closest(".et-file");
            for (const item of items) {
                if (item.fieldset === fieldset && item.state === "refused") {
                    drop(item);
                }
            }
            for (const picked of box.querySelectorAll(".et-picked")) {
                picked.style.display = "none";
            }
            const files = [...input.files];
            for (const file of files) {
                const item = {file, input, fieldset, line: line.cloneNode(true)};
                item.isPhoto = Boolean(box.querySelector(".et-cam"));
                for (const name of item.line.querySelectorAll("[data-name]")) {
                    name.textContent = ` ${file.name}`;
                }
                item.line.querySelector("[data-retry]").addEventListener("click", () => {
                    show(item, "waiting", say("waiting", {name: item.title}));
                    item.line.querySelector("[data-cancel]").focus();
                    queue(item);
                });
                item.line.querySelector("[data-cancel]").addEventListener("click", () => {
                    drop(item);
                    item.state = "cancelled";
                    fillInput(input);
                    item.xhr?.abort();
                    (box.hidden ? fieldset : input).focus();
                });
                const taken = [...items].filter((one) => one.fieldset === fieldset && isAlive(one));
                box.after(item.line);
                items.add(item);
                if (taken.length >= roomOf(fieldset)) {
                    refuse(item, say("many", {name: file.name, room: roomOf(fieldset)}));
                } else {
                    show(item, "waiting", say("waiting", {name: file.name}));
                    queue(item, () => prepare(item));
                }
            }
            fillInput(input);
        }

        form.addEventListener("change", (ev) => {
            if (ev.target.type === "file" && ev.target.files.length) {
                choose(ev.target);
            }
        });
        // The line is there again: what was cut leaves by itself, one after the other.
        function resume() {
            for (const item of items) {
                if (item.state === "cut" && item.isLineCut) {
                    show(item, "waiting", say("waiting", {name: item.title}));
                    queue(item);
                }
            }
        }
        form.addEventListener("lineback", resume);
        window.addEventListener("online", resume);
        form.addEventListener("click", (ev) => {
            const button = ev.target.closest("[name=_replace]");
            if (button) {
                ev.preventDefault();
                replace(button);
            }
        });
    }

    for (const form of document.querySelectorAll("form[data-upload]")) {
        follow(form);
    }
})();
