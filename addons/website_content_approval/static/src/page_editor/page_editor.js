import {MAIN_PLUGINS} from "@html_editor/plugin_sets";
import {Wysiwyg} from "@html_editor/wysiwyg";
import {markup} from "@odoo/owl";

// What a page may hold: see pages/bounded.py, which takes the rest away.
const KEPT = new Set([
    "baseContainer",
    "clipboard",
    "color",
    "column",
    "comment",
    "contentEditablePlugin",
    "delete",
    "dialog",
    "dom",
    "feff",
    "font",
    "format",
    "hint",
    "history",
    "input",
    "lineBreak",
    "link",
    "linkPaste",
    "linkSelection",
    "list",
    "noInlineRoot",
    "odooLinkSelection",
    "overlay",
    "placeholder",
    "protectedNode",
    "sanitize",
    "selection",
    "selectionPlaceholder",
    "separator",
    "shortcut",
    "split",
    "style",
    "tabulation",
    "toolbar",
    "userCommand",
]);
const COMMANDS = {
    title: ["setTagHeading3"],
    text: ["setTagParagraph"],
    list: ["toggleListUL"],
    columns: ["columnize", 2],
    undo: ["historyUndo"],
};

export function startPageEditor(interaction) {
    const form = document.querySelector("[data-writer-form]");
    const bar = document.querySelector("[data-writer-bar]");
    const dialog = document.querySelector("[data-writer-picture]");
    const place = interaction.el;
    // A picture and its words are one thing: taken away whole, never written in.
    for (const figure of place.querySelectorAll("figure")) {
        figure.contentEditable = "false";
    }
    if (place.lastElementChild?.localName === "figure") {
        place.append(makeLine());
    }
    const content = markup(place.innerHTML);
    place.replaceChildren();
    let editor = null;
    let cursors = null;
    let isLeaving = false;

    interaction.mountComponent(place, Wysiwyg, {
        config: {
            Plugins: MAIN_PLUGINS.filter((Plugin) => KEPT.has(Plugin.id)),
            content,
            baseContainers: ["P"],
            allowImageTransform: false,
            allowFontFamily: false,
        },
        contentClass: "et-body et-writer__text",
        onLoad: (loaded) => {
            editor = loaded;
        },
    });

    const run = (name) => {
        const [id, params] = COMMANDS[name];
        editor.shared.userCommand.getCommand(id).run(params);
    };

    for (const button of bar.querySelectorAll("[data-write]")) {
        // The caret stays in the text.
        interaction.addListener(button, "mousedown", (ev) => ev.preventDefault());
        interaction.addListener(button, "click", () => {
            if (button.dataset.write !== "picture") {
                return run(button.dataset.write);
            }
            cursors = editor.shared.selection.preserveSelection();
            dialog.querySelector("form").reset();
            dialog.querySelector("[data-writer-error]").textContent = "";
            dialog.showModal();
        });
    }

    // Tab leaves the text, as it leaves each box: the editor would write a tabulation, for ever.
    interaction.addListener(
        place,
        "keydown",
        (ev) => {
            if (ev.key === "Tab") {
                ev.stopPropagation();
            }
        },
        {capture: true}
    );

    interaction.addListener(dialog.querySelector("[data-writer-close]"), "click", () =>
        dialog.close()
    );
    interaction.addListener(dialog.querySelector("form"), "submit", async (ev) => {
        ev.preventDefault();
        const typed = new FormData(ev.target);
        const told = dialog.querySelector("[data-writer-error]");
        // Offline, or a page in place of an answer.
        const answer = await fetch(ev.target.action, {method: "POST", body: typed})
            .then((response) => response.json())
            .catch(() => ({}));
        if (!answer.url) {
            told.textContent = answer.error || told.dataset.failed;
            return;
        }
        dialog.close();
        cursors?.restore();
        const credit = dialog.querySelector("[data-writer-credit]").textContent;
        const figure = drawPicture(answer, typed, credit);
        editor.shared.dom.insert(figure);
        if (!figure.nextElementSibling) {
            figure.after(makeLine());
        }
        editor.shared.selection.setCursorStart(figure.nextElementSibling);
        editor.shared.history.addStep();
    });

    interaction.addListener(form, "submit", () => {
        isLeaving = true;
        form.elements.body.value = editor.getContent();
    });
    interaction.addListener(window, "beforeunload", (ev) => {
        if (!isLeaving && editor?.shared.history.canUndo()) {
            ev.preventDefault();
        }
    });
}

function makeLine() {
    const line = document.createElement("p");
    line.append(document.createElement("br"));
    return line;
}

function drawPicture(answer, typed, credit) {
    const figure = document.createElement("figure");
    figure.className = "et-fig";
    figure.contentEditable = "false";
    const image = document.createElement("img");
    image.src = answer.url;
    image.alt = typed.get("alt");
    image.loading = "lazy";
    image.className = "img-fluid";
    figure.append(image);
    if (typed.get("credit").trim()) {
        const caption = document.createElement("figcaption");
        caption.textContent = `${credit} ${typed.get("credit").trim()}`;
        figure.append(caption);
    }
    return figure;
}
