/** @odoo-module ignore **/
// The home page is the same for everybody: what this browser keeps is read here only.
(() => {
    "use strict";

    const place = document.getElementById("mon-village");
    const code = document.cookie.match(/(?:^|; )mon_village=([0-9A-Za-z]{5})(?:;|$)/)?.[1];
    if (!place || !code) {
        return;
    }
    const select = document.getElementById("mon-village-c");
    fetch(`/communes/${code}/en-bref`, {credentials: "omit"})
        .then((response) => (response.ok ? response.text() : ""))
        .then((brief) => {
            if (brief) {
                place.innerHTML = brief;
                select.value = code;
            }
        })
        // Without network the page stays as it is.
        .catch(() => null);
})();
