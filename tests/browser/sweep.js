// What tests/browser/sweep.py measures on a page; each function answers a list of faults.
window.sweep = (() => {
    const describe = (element) => {
        const text = (element.innerText || element.value || "").trim().replace(/\s+/g, " ");
        const name = [...element.classList].map((each) => `.${each}`).join("");
        return `<${element.tagName.toLowerCase()}${name}> ${text.slice(0, 60)}`;
    };
    const isShown = (element) =>
        element.checkVisibility({visibilityProperty: true, opacityProperty: true}) &&
        !element.closest(".visually-hidden, .visually-hidden-focusable, .et-skip");
    // For one reading of the page: each element is asked once, however many it holds.
    const makeClipCheck = () => {
        const known = new Map([[null, false]]);
        const isHiddenByClip = (element) => {
            if (!known.has(element)) {
                known.set(
                    element,
                    getComputedStyle(element).clipPath !== "none" ||
                        isHiddenByClip(element.parentElement)
                );
            }
            return known.get(element);
        };
        return isHiddenByClip;
    };
    const all = (selector) => {
        const isHiddenByClip = makeClipCheck();
        return [...document.querySelectorAll(selector)].filter(
            (element) => isShown(element) && !isHiddenByClip(element)
        );
    };
    const texts = () => {
        const isHiddenByClip = makeClipCheck();
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) {
            const parent = walker.currentNode.parentElement;
            if (
                walker.currentNode.data.trim() &&
                !parent.closest("script, style, noscript, option, textarea") &&
                isShown(parent) &&
                !isHiddenByClip(parent)
            ) {
                found.push(walker.currentNode);
            }
        }
        return found;
    };

    // Nothing slides sideways, leaves the screen, is cut off or lies on something else.
    const sizes = () => {
        const faults = [];
        const root = document.documentElement;
        for (const scrolled of [root, document.querySelector("#wrapwrap")]) {
            if (scrolled && scrolled.scrollWidth > scrolled.clientWidth) {
                faults.push(`slides: ${scrolled.scrollWidth} for ${scrolled.clientWidth}`);
            }
        }
        for (const text of texts()) {
            const range = document.createRange();
            range.selectNodeContents(text);
            const box = range.getBoundingClientRect();
            if (box.right > root.clientWidth + 1 || box.left < -1) {
                faults.push(`off the screen: ${describe(text.parentElement)}`);
            }
        }
        for (const element of all("body *")) {
            const style = getComputedStyle(element);
            const isCut =
                (style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) ||
                (style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1);
            if (isCut && style.overflowX !== "auto" && element.innerText && element.clientWidth) {
                faults.push(`cut: ${describe(element)}`);
            }
        }
        // Points of a map lie where the places are: the list has each of them.
        const targets = all(
            "a, button, summary, input, select, textarea, label.btn, h1, h2, h3"
        ).filter((element) => !element.closest("svg"));
        const boxes = targets.flatMap((element) =>
            [...element.getClientRects()].map((box) => ({element, box}))
        );
        boxes.forEach((one, index) => {
            for (const other of boxes.slice(index + 1)) {
                if (one.element.contains(other.element) || other.element.contains(one.element)) {
                    continue;
                }
                const across =
                    Math.min(one.box.right, other.box.right) -
                    Math.max(one.box.left, other.box.left);
                const down =
                    Math.min(one.box.bottom, other.box.bottom) -
                    Math.max(one.box.top, other.box.top);
                if (across > 2 && down > 8 && one.element !== other.element) {
                    faults.push(`${describe(one.element)} lies on ${describe(other.element)}`);
                }
            }
        });
        return faults;
    };
    // No word is cut in two as long as the text is not enlarged; an address of mail may be.
    const brokenWords = () => {
        const faults = [];
        for (const text of texts()) {
            // An address has no space: it is cut where the line ends.
            const said = text.data.replace(/https?:\S+/g, (url) => " ".repeat(url.length));
            for (const word of said.matchAll(/[\p{L}\p{N}]{3,}/gu)) {
                const range = document.createRange();
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                const lines = new Set([...range.getClientRects()].map((box) => box.top));
                if (lines.size > 1 && word[0].length < 30) {
                    faults.push(`"${word[0]}" is cut in ${describe(text.parentElement)}`);
                }
            }
        }
        return faults;
    };
    // In the colours that a person chose for her whole screen, grounds and shadows are gone: what
    // is told by them must be told by a line.
    const isDrawn = (style, side = "Top") =>
        style[`border${side}Style`] !== "none" &&
        parseFloat(style[`border${side}Width`]) >= 1 &&
        style[`border${side}Color`] !== style.backgroundColor;
    const getGround = (element) => {
        for (let each = element; each; each = each.parentElement) {
            const ground = getComputedStyle(each).backgroundColor;
            if (!/^rgba\(.*, 0\)$/.test(ground)) {
                return ground;
            }
        }
        return getComputedStyle(document.documentElement).backgroundColor;
    };
    const getLuminance = (color) => {
        const [red, green, blue] = color
            .match(/[\d.]+/g)
            .map((part) => part / 255)
            .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const getContrast = (...colors) => {
        const [dark, light] = colors.map(getLuminance).sort((one, other) => one - other);
        return (light + 0.05) / (dark + 0.05);
    };
    const FRAMED = [
        ".btn, .et-account, .et-tag, .et-num, .et-plaque, .et-date, .et-node",
        ".et-notice, .et-panel, .et-msgs li, .et-ask, .et-summary, .et-field--bad, .et-files li",
    ].join();
    const getCurrentLook = (element) => {
        const style = getComputedStyle(element);
        return [
            style.borderBottomWidth,
            style.borderBottomStyle,
            style.borderBottomColor === getGround(element),
            style.textDecorationLine,
        ].join();
    };
    // Where the focus is, is seen.
    const unfocused = () => {
        const faults = [];
        const before = document.activeElement;
        for (const element of all(
            "a[href], button, input, select, textarea, summary, [tabindex]"
        )) {
            element.focus({focusVisible: true, preventScroll: true});
            if (document.activeElement !== element || element.tabIndex < 0) {
                continue;
            }
            const styles = [getComputedStyle(element), getComputedStyle(element, "::after")];
            const isSeen = styles.some(
                (style) =>
                    style.outlineStyle !== "none" &&
                    parseFloat(style.outlineWidth) >= 2 &&
                    style.outlineColor !== getGround(element.parentElement)
            );
            if (!isSeen) {
                faults.push(`the focus is not seen on ${describe(element)}`);
            }
        }
        before?.focus?.({preventScroll: true});
        return faults;
    };
    // Tab goes through a page as it is read, and reaches all that a mouse presses.
    const CONTROLS = "a[href], button, input, select, textarea, summary, label, option, [tabindex]";
    const keys = () => {
        const faults = all("[tabindex]")
            .filter((element) => element.tabIndex > 0)
            .map((element) => `Tab goes there first: ${describe(element)}`);
        for (const element of all("body *")) {
            const isPressed = getComputedStyle(element).cursor === "pointer";
            if (isPressed && !element.closest(CONTROLS) && !element.querySelector(CONTROLS)) {
                faults.push(`for the mouse alone: ${describe(element)}`);
            }
        }
        let previous = null;
        for (const element of all("main :is(a[href], button, input, select, textarea, summary)")) {
            const box = element.getBoundingClientRect();
            // What stays at the foot of the screen is beside the order of the page, and a map has
            // the order of the alphabet.
            const stays = [];
            for (let each = element; each && !stays.length; each = each.parentElement) {
                stays.push(
                    ...["sticky", "fixed"].filter((p) => getComputedStyle(each).position === p)
                );
            }
            if (stays.length || element.tabIndex < 0 || element.closest(".et-carte")) {
                continue;
            }
            if (previous && box.bottom < previous.box.top - 40 && box.left <= previous.box.left) {
                faults.push(
                    `Tab goes back up from ${describe(previous.element)} to ${describe(element)}`
                );
            }
            previous = {element, box};
        }
        return faults;
    };
    const isEmptyBox = (element) => {
        const style = getComputedStyle(element);
        const isBox = ["Top", "Right", "Bottom", "Left"].every((side) => isDrawn(style, side));
        const holds = "img, svg, hr, picture, object";
        return (
            isBox &&
            element.clientHeight > 8 &&
            !element.innerText?.trim() &&
            !element.matches(holds) &&
            !element.closest("svg") &&
            !element.querySelector(holds)
        );
    };
    // On paper: what is read, and nothing that is pressed or typed in.
    const printed = () => {
        const faults = [];
        const root = document.documentElement;
        if (root.scrollWidth > root.clientWidth) {
            faults.push(`wider than the sheet: ${root.scrollWidth} for ${root.clientWidth}`);
        }
        for (const element of all(
            "nav, button, input, select, textarea, .btn, .et-foot, .et-skip, [role=search]"
        )) {
            if (element.innerText?.trim() || !element.matches("nav")) {
                faults.push(`on paper: ${describe(element)}`);
            }
        }
        const inMain = all("main *");
        for (const element of inMain) {
            if (isEmptyBox(element)) {
                faults.push(`an empty box on paper: ${describe(element)}`);
            }
        }
        for (const title of all("main :is(h2, h3)")) {
            const next = inMain.find(
                (element) =>
                    title.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING &&
                    element.innerText?.trim() &&
                    !title.contains(element)
            );
            if (!next || (next.matches("h1, h2") && title.matches("h2, h3"))) {
                faults.push(`nothing under the heading on paper: ${describe(title)}`);
            }
        }
        return faults;
    };
    const forced = () => {
        const faults = [];
        for (const element of all(FRAMED)) {
            const style = getComputedStyle(element);
            if (style.textDecorationLine !== "underline" && !isDrawn(style)) {
                faults.push(`no line around ${describe(element)}`);
            }
        }
        for (const icon of all("svg")) {
            const style = getComputedStyle(icon);
            const ink = style.stroke === "none" ? style.fill : style.stroke;
            if (getContrast(ink, getGround(icon)) < 3) {
                faults.push(`icon unseen in ${describe(icon.parentElement)}`);
            }
        }
        for (const element of all("input[type=radio], input[type=checkbox], select")) {
            if (getComputedStyle(element).appearance === "none") {
                faults.push(`not drawn by the browser: ${element.outerHTML.slice(0, 80)}`);
            }
        }
        for (const current of all("nav a[aria-current], .et-chips a[aria-current]")) {
            const others = [
                ...current.closest("ul, nav").querySelectorAll("a:not([aria-current])"),
            ];
            if (others.some((other) => getCurrentLook(other) === getCurrentLook(current))) {
                faults.push(`chosen, and looks like the others: ${describe(current)}`);
            }
        }
        const kinds = ["is-now", "is-next", "is-done"].map((kind) => {
            const node = all(
                kind === "is-done"
                    ? ".et-line li:not(.is-now, .is-next) .et-node"
                    : `.et-line .${kind} .et-node`
            )[0];
            const style = node && getComputedStyle(node);
            return style && [style.borderTopStyle, style.borderTopWidth].join();
        });
        if (new Set(kinds.filter(Boolean)).size < kinds.filter(Boolean).length) {
            faults.push(`steps of a request look alike: ${kinds}`);
        }
        for (const line of all(".et-line li:not(:last-child)")) {
            const style = getComputedStyle(line, "::before");
            if (!isDrawn(style, "Left") && style.backgroundColor === getGround(line)) {
                faults.push("the line between two steps is unseen");
            }
        }
        return [...new Set([...faults, ...unfocused()])];
    };
    // French as it is printed: a space before ":" that no line breaks, one sign at a time.
    const FAULTY = [
        [/[^\s(«][:;?!](?!\S)/u, "no space before the sign"],
        [/ [:;?!»](?!\S)|« /u, "a space where a line may break"],
        [/[ \u00a0\u202f]{2,}/u, "two spaces"],
        [/(?<!\.)\.\.(?!\.)|[,;:?!][.,;:]|[.?!][ \u00a0]*[:;]|,,/u, "two signs"],
        [/ [.,)]|\( /u, "a space too much"],
        [/«[^\u00a0\u202f]|[^\u00a0\u202f]»/u, "quotes without their spaces"],
    ];
    const words = () => {
        const folded = [...document.querySelectorAll("details:not([open])")];
        folded.forEach((details) => (details.open = true));
        const faults = [];
        for (const line of document.body.innerText.split("\n")) {
            const text = line.replace(/https?:\S+/g, "").trim();
            for (const [pattern, fault] of FAULTY) {
                if (pattern.test(text)) {
                    faults.push(`${fault}: ${text.slice(0, 160)}`);
                }
            }
        }
        folded.forEach((details) => (details.open = false));
        return faults;
    };
    // Letters twice as large, all the rest as it was: what a phone's own setting does.
    const enlarged = (measure) => {
        const elements = [...document.body.querySelectorAll("*")];
        const before = elements.map((element) => element.style?.fontSize);
        const larger = elements.map(
            (element) => 2 * parseFloat(getComputedStyle(element).fontSize)
        );
        elements.forEach((element, index) => {
            element.style?.setProperty("font-size", `${larger[index]}px`, "important");
        });
        const faults = measure();
        elements.forEach((element, index) => {
            element.style?.setProperty("font-size", before[index]);
        });
        return faults;
    };
    return {sizes, brokenWords, enlarged, forced, keys, printed, words};
})();
