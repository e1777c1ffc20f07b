/** @odoo-module ignore **/
// The place of a sheet is put on our map. Without this file there is a box to tick, and numbers.
(() => {
    "use strict";

    function prepare(place) {
        const svg = place.querySelector("svg");
        const point = place.querySelector("[data-point]");
        const near = place.querySelector("[data-near]");
        const centre = place.querySelector("[type=checkbox]");
        const inputs = ["latitude", "longitude"].map((name) =>
            place.querySelector(`[name="${name}"]`)
        );
        const {west, north, across, down} = svg.dataset;
        const villages = [...svg.querySelectorAll("[data-commune]")];
        const write = (number) => number.toFixed(6).replace(".", ",");
        const read = (input) => Number(input.value.trim().replace(",", ".")) || 0;

        function draw() {
            const [latitude, longitude] = inputs.map(read);
            const isSomewhere = Boolean(latitude || longitude);
            const x = (longitude - west) * across;
            const y = (north - latitude) * down;
            point.setAttribute("cx", isSomewhere ? x : -99);
            point.setAttribute("cy", isSomewhere ? y : -99);
            near.hidden = !isSomewhere;
            const far = ({dataset}) => Math.hypot(dataset.x - x, dataset.y - y);
            const nearest = villages.reduce((one, other) => (far(other) < far(one) ? other : one));
            near.querySelector("b").textContent = nearest.dataset.name;
        }

        function put(latitude, longitude) {
            inputs[0].value = write(latitude);
            inputs[1].value = write(longitude);
            // "What people will read" is drawn again.
            inputs[1].dispatchEvent(new Event("input", {bubbles: true}));
            draw();
        }

        svg.addEventListener("click", (event) => {
            const box = svg.getBoundingClientRect();
            const x = ((event.clientX - box.left) / box.width) * 640;
            const y = ((event.clientY - box.top) / box.height) * 640;
            centre.checked = false;
            put(Number(north) - y / down, Number(west) + x / across);
        });
        centre.addEventListener("change", () => {
            const chosen = place.closest("form")?.querySelector("select[name=commune_ids]")?.value;
            const village = villages.find((each) => each.dataset.commune === chosen);
            if (centre.checked && village) {
                put(Number(village.dataset.latitude), Number(village.dataset.longitude));
            }
        });
        inputs.forEach((input) => input.addEventListener("input", draw));
        place.querySelector("[data-place-map]").hidden = false;
        draw();
    }

    document.querySelectorAll("[data-place]").forEach((place) => {
        if (place.querySelector("[data-place-map]")) {
            prepare(place);
        }
    });
})();
