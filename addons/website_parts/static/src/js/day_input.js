/** @odoo-module ignore **/
// Boxes where a day is typed. What is typed is shown at once as it was understood, and a button
// opens the calendar of the browser. Without this file the box is a box, read by the server.
(() => {
    "use strict";

    // The same as `territory_base/dates.py`; `tests/test_dates.py` compares them.
    const MONTHS =
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split(
            " "
        );
    const SEPARATED = /^([0-9]{1,2})[ ./-]+([0-9]{1,2})[ ./-]+([0-9]{4}|[0-9]{2})$/;
    const JOINED = /^([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})$/;
    const IN_WORDS =
        /^(?:le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),? )?([0-9]{1,2})(?:er)?[ ./-]*([a-z]{3,9})[ ./-]*([0-9]{4}|[0-9]{2})$/;
    const YEAR_FIRST = /^([0-9]{4})([ ./-])([0-9]{1,2})\2([0-9]{1,2})$/;
    const JOINED_YEAR_FIRST = /^([0-9]{4})([0-9]{2})([0-9]{2})$/;

    function isSensible(year, month) {
        return month >= "01" && month <= "12" && year >= "1900" && year <= "2200";
    }

    function split(typed) {
        const text = typed
            .normalize("NFKD")
            .replace(/\p{Mark}/gu, "")
            .toLowerCase()
            .replace(/\s+/g, " ")
            .trim();
        let match;
        if ((match = text.match(SEPARATED))) {
            return [match[1], match[2], match[3]];
        }
        if ((match = text.match(YEAR_FIRST))) {
            return [match[4], match[3], match[1]];
        }
        if ((match = text.match(IN_WORDS))) {
            const months = MONTHS.filter((name) => name.startsWith(match[2]));
            return months.length === 1 && [match[1], MONTHS.indexOf(months[0]) + 1, match[3]];
        }
        if (!(match = text.match(JOINED))) {
            return null;
        }
        const first = text.match(JOINED_YEAR_FIRST);
        if (first && !isSensible(match[3], match[2]) && isSensible(first[1], first[2])) {
            return [first[3], first[2], first[1]];
        }
        return [match[1], match[2], match[3]];
    }

    function makeDay(year, month, day) {
        const made = new Date(0);
        made.setUTCFullYear(year, month - 1, day);
        return made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? made : null;
    }

    // The day that was typed, at midnight UTC; null for what is no day.
    function readDay(typed, limit, today) {
        const [day, month, year] = (split(typed) || []).map(Number);
        if (!day) {
            return null;
        }
        const years =
            split(typed)[2].length === 4 ? [year] : [1900, 2000, 2100].map((c) => c + year);
        const days = years.map((each) => makeDay(each, month, day)).filter(Boolean);
        if (limit === "future") {
            return days.find((found) => found >= today) || days.pop() || null;
        }
        const latest = limit === "past" ? today : Date.UTC(today.getUTCFullYear() + 20, 11, 31);
        return days.filter((found) => found <= latest).pop() || days[0] || null;
    }

    function getToday() {
        const now = new Date();
        return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
    }

    function toIso(day) {
        return day.toISOString().slice(0, 10);
    }

    function show(iso) {
        return iso.split("-").reverse().join("/");
    }

    function readBox(box) {
        return readDay(box.value, box.dataset.day, getToday());
    }

    function openCalendar(box) {
        let picker = box.parentElement.querySelector("input[type=date]");
        if (!picker) {
            picker = document.createElement("input");
            picker.type = "date";
            picker.tabIndex = -1;
            picker.setAttribute("aria-hidden", "true");
            picker.addEventListener("change", () => {
                if (picker.value) {
                    box.value = show(picker.value);
                    box.dispatchEvent(new Event("input", {bubbles: true}));
                    box.dispatchEvent(new Event("change", {bubbles: true}));
                    box.focus();
                }
            });
            box.parentElement.append(picker);
        }
        const today = toIso(getToday());
        picker.min = box.dataset.day === "future" ? today : "1900-01-01";
        picker.max = box.dataset.day === "past" ? today : "2200-12-31";
        const day = readBox(box);
        picker.value = day ? toIso(day) : "";
        picker.showPicker();
    }

    if (typeof document === "undefined") {
        globalThis.readDay = readDay;
        return;
    }
    // Before the other scripts of the form, which compare days: on the way down.
    document.addEventListener(
        "change",
        ({target}) => {
            const day = target.matches("[data-day]") && readBox(target);
            if (day) {
                target.value = show(toIso(day));
            }
        },
        true
    );
    if ("showPicker" in HTMLInputElement.prototype) {
        for (const button of document.querySelectorAll("[data-calendar]")) {
            button.hidden = false;
        }
        document.addEventListener("click", ({target}) => {
            const button = target.closest("[data-calendar]");
            if (button) {
                openCalendar(button.parentElement.querySelector("[data-day]"));
            }
        });
    }
})();
