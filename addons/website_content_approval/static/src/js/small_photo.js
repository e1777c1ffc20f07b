/** @odoo-module ignore **/
// The form works without this file: a photo too large is refused, with a sentence. Here it is made
// smaller as soon as it is chosen, as large as what is kept of it.
(() => {
    "use strict";

    for (const input of document.querySelectorAll("[data-photo-side]")) {
        const form = input.form;
        // The photos that are being made smaller: the form waits for them.
        let working = null;

        input.addEventListener("change", () => {
            const [file] = input.files;
            if (!file) {
                return;
            }
            const turn = window
                .shrinkPhoto(file, Number(input.dataset.photoSide))
                .then((small) => {
                    // Not another one, chosen since.
                    if (small !== file && input.files[0] === file) {
                        const list = new DataTransfer();
                        list.items.add(small);
                        input.files = list.files;
                    }
                })
                // It leaves as it was chosen.
                .catch(() => null)
                .finally(() => {
                    if (working === turn) {
                        working = null;
                    }
                });
            working = turn;
        });
        form.addEventListener(
            "submit",
            async (ev) => {
                if (!working) {
                    return;
                }
                ev.preventDefault();
                ev.stopImmediatePropagation();
                await working;
                form.requestSubmit(ev.submitter);
            },
            {capture: true}
        );
    }
})();
