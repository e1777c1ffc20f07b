/** @odoo-module ignore **/
// A page of a form is on a screen: one number more, without anything about who reads it.
(() => {
    "use strict";

    const form = document.querySelector("form[data-seen]");
    if (!form) {
        return;
    }
    const body = new FormData();
    for (const name of ["csrf_token", "_version", "_page"]) {
        const field = form.elements[name];
        body.append(name, field ? field.value : "");
    }
    // A figure that is lost is no matter.
    fetch(form.dataset.seen, {method: "POST", body, keepalive: true}).catch(() => null);
})();
