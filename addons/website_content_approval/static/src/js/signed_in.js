/** @odoo-module ignore **/
// A session that ended while one was writing: what was typed stays in the form, and one is told
// how to sign in, in place of a log-in page where it is lost.
(() => {
    "use strict";

    // null: the network is away.
    async function isSignedOut() {
        try {
            const response = await fetch("/web/session/check", {
                method: "POST",
                headers: {"Content-Type": "application/json"},
                body: "{}",
            });
            return response.ok && Boolean((await response.json())?.error);
        } catch (error) {
            // Offline, or an answer that nobody expects: the server tells it.
            return error instanceof TypeError ? null : false;
        }
    }

    const opened = performance.now();

    for (const form of document.querySelectorAll("[data-signed-in]")) {
        const told = form.querySelector("[data-signed-out]");
        const offline = form.querySelector("[data-offline]");
        let isSure = false;
        let isAsking = false;
        // A blocker may keep the question from leaving: told once, the next press is not held.
        let isTold = false;
        // Before the other scripts: for them nothing is on its way yet.
        form.addEventListener(
            "submit",
            async (ev) => {
                // Seconds during which no session ends: the form leaves at once, and somebody in a
                // hurry who presses a link next loses nothing.
                const isFresh = performance.now() - opened < 1000 * form.dataset.signedIn;
                if (isSure || isFresh) {
                    return;
                }
                ev.preventDefault();
                ev.stopImmediatePropagation();
                if (isAsking) {
                    return;
                }
                isAsking = true;
                const isOut = await isSignedOut();
                isAsking = false;
                const isOffline = isOut === null && !(isTold && navigator.onLine);
                isTold = isTold || isOffline;
                told.hidden = !isOut;
                offline.hidden = !isOffline;
                if (isOut || isOffline) {
                    (isOut ? told : offline).focus();
                    return;
                }
                isSure = true;
                form.requestSubmit(ev.submitter);
                isSure = false;
            },
            {capture: true}
        );
    }
})();
