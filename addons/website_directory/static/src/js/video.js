/** @odoo-module ignore **/
// The video of a sheet plays in the page once somebody presses: before, its host knows nothing.
// Without this file the link above leads there.
(() => {
    "use strict";

    function play(place) {
        const frame = document.createElement("iframe");
        const box = document.createElement("div");
        frame.src = place.dataset.player;
        frame.title = place.dataset.title;
        frame.allow = "autoplay; fullscreen; picture-in-picture";
        frame.allowFullscreen = true;
        // YouTube plays nothing for a page that does not say where it is; the path is not told.
        frame.referrerPolicy = "strict-origin-when-cross-origin";
        frame.setAttribute(
            "sandbox",
            "allow-scripts allow-same-origin allow-presentation allow-popups"
        );
        box.className = "ratio ratio-16x9";
        box.append(frame);
        place.replaceChildren(box);
        frame.focus();
    }

    document.querySelectorAll(".et-video[data-player]").forEach((place) => {
        place.hidden = false;
        place.querySelector("button").addEventListener("click", () => play(place));
    });
})();
