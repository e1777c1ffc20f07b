/** @odoo-module ignore **/
// The form works without this file: it draws "What people will read" again as one types.
(() => {
    "use strict";
    const WAIT_MS = 700;

    function isTyped(field) {
        return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
    }

    for (const form of document.querySelectorAll("[data-preview-from]")) {
        const place = document.querySelector("[data-preview]");
        if (!place) {
            continue;
        }
        for (const button of form.querySelectorAll("[data-without-script]")) {
            button.hidden = true;
        }
        let waiting = null;
        let controller = null;

        const draw = async () => {
            controller?.abort();
            controller = new AbortController();
            const typed = new FormData(form);
            // Pictures are shown once they are kept.
            for (const [name, value] of [...typed.entries()]) {
                if (value instanceof File) {
                    typed.delete(name);
                }
            }
            try {
                const response = await fetch(form.dataset.previewFrom, {
                    method: "POST",
                    body: typed,
                    signal: controller.signal,
                });
                // Sent elsewhere: to the log-in page.
                if (response.ok && !response.redirected) {
                    place.innerHTML = await response.text();
                }
            } catch (error) {
                if (error.name !== "AbortError") {
                    // Offline for a moment: the former preview stays.
                    place.dataset.stale = "1";
                }
            }
        };
        const drawSoon = () => {
            clearTimeout(waiting);
            waiting = setTimeout(draw, WAIT_MS);
        };
        form.addEventListener("input", drawSoon);
        form.addEventListener("change", drawSoon);
        // Before this file came, on a slow network; or written again by a browser that goes back.
        if ([...form.querySelectorAll("input, textarea")].some(isTyped)) {
            drawSoon();
        }
        // Once it leaves there is nothing to draw any more.
        form.addEventListener("submit", () => {
            clearTimeout(waiting);
            controller?.abort();
        });
    }
})();
