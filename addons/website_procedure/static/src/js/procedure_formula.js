/** @odoo-module ignore **/
// Computed values, shown while the form is filled in. The server computes them by itself.
(() => {
    "use strict";

    const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?)|([-+*/(),]))/gy;
    // An operand that is not there: no value is shown.
    const MISSING = null;

    class Formula {
        constructor(text, form) {
            this.form = form;
            this.tokens = [];
            TOKEN.lastIndex = 0;
            let match;
            while (TOKEN.lastIndex < text.length && (match = TOKEN.exec(text))) {
                this.tokens.push(match[1] || match[2] || match[3]);
            }
            this.place = 0;
        }

        take(...wanted) {
            return wanted.includes(this.tokens[this.place]) ? this.tokens[this.place++] : null;
        }

        sum() {
            let value = this.product();
            let sign;
            while ((sign = this.take("+", "-"))) {
                const other = this.product();
                value = this.join(value, other, (a, b) => (sign === "+" ? a + b : a - b));
            }
            return value;
        }

        product() {
            let value = this.factor();
            let sign;
            while ((sign = this.take("*", "/"))) {
                const other = this.factor();
                value = this.join(value, other, (a, b) =>
                    sign === "*" ? a * b : b ? a / b : MISSING
                );
            }
            return value;
        }

        join(a, b, operate) {
            return a === MISSING || b === MISSING ? MISSING : operate(a, b);
        }

        factor() {
            if (this.take("-")) {
                const value = this.factor();
                return value === MISSING ? MISSING : -value;
            }
            if (this.take("(")) {
                const value = this.sum();
                this.take(")");
                return value;
            }
            const token = this.tokens[this.place++] || "";
            if (/^\d/.test(token)) {
                return Number(token);
            }
            return this.take("(") ? this.call(token) : this.read(token);
        }

        call(name) {
            if (name === "min" || name === "max") {
                const values = [this.sum()];
                while (this.take(",")) {
                    values.push(this.sum());
                }
                this.take(")");
                return values.includes(MISSING) ? MISSING : Math[name](...values);
            }
            const key = this.tokens[this.place++] || "";
            this.take(")");
            return name === "age" ? this.age(key) : this.rows(name, key);
        }

        rows(name, key) {
            const [block, child] = key.split(".");
            let total = 0;
            for (let index = 0; ; index++) {
                const row = this.form.querySelector(`#f-${block}-${index}`);
                if (!row) {
                    return total;
                }
                const inputs = Array.from(row.querySelectorAll("input, select, textarea"));
                const isUsed = inputs.some((input) =>
                    input.type === "checkbox" || input.type === "radio"
                        ? input.checked
                        : input.type !== "hidden" && input.value.trim()
                );
                if (name === "count") {
                    total += isUsed ? 1 : 0;
                } else {
                    total += this.read(`${block}.${index}.${child}`) || 0;
                }
            }
        }

        text(name) {
            const inputs = Array.from(this.form.querySelectorAll(`[name="${name}"]`));
            const input = inputs.find((each) => each.type !== "radio" || each.checked);
            if (!input || input.closest("[data-if][hidden]")) {
                return "";
            }
            return input.value.trim();
        }

        read(name) {
            const shown = this.form.querySelector(`output[data-key="${name}"]`);
            if (shown) {
                return shown.value === "" || shown.dataset.value === undefined
                    ? MISSING
                    : Number(shown.dataset.value);
            }
            // As people write numbers and amounts: 1 250,50 €, 12 € 50.
            const value = this.text(name)
                .replace(/\s/g, "")
                .replace(/(€|euros?|eur)(\d\d)$/i, ",$2")
                .replace(/(€|euros?|eur)$/i, "")
                .replace(/[−–]/, "-")
                .replace(",", ".");
            return value === "" || isNaN(value) ? MISSING : Number(value);
        }

        age(name) {
            const match = this.text(name).match(/^(\d{1,2})\D+(\d{1,2})\D+(\d{4})$/);
            if (!match) {
                return MISSING;
            }
            const today = new Date();
            const [day, month, year] = match.slice(1).map(Number);
            const isBefore =
                today.getMonth() + 1 < month ||
                (today.getMonth() + 1 === month && today.getDate() < day);
            return today.getFullYear() - year - (isBefore ? 1 : 0);
        }
    }

    function compute(form) {
        for (const output of form.querySelectorAll("output[data-formula]")) {
            const value = new Formula(output.dataset.formula, form).sum();
            if (value === MISSING || !isFinite(value)) {
                output.textContent = "–";
                delete output.dataset.value;
                continue;
            }
            const places = Number(output.dataset.decimals || 2);
            // Sums of tenths are not exact here: rounded a first time, far from what is shown.
            const rounded = Number(Number(value.toPrecision(14)).toFixed(places));
            output.dataset.value = rounded;
            output.textContent = rounded.toLocaleString("fr-FR", {
                minimumFractionDigits: rounded % 1 ? places : 0,
                maximumFractionDigits: places,
            });
        }
    }

    for (const form of document.querySelectorAll("[data-public-form]")) {
        if (form.querySelector("output[data-formula]")) {
            compute(form);
            form.addEventListener("input", () => compute(form));
            form.addEventListener("change", () => compute(form));
        }
    }
})();
