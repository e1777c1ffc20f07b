import {Interaction} from "@web/public/interaction";
import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";

/** The editor comes where a text is written in its page, and nowhere else. */
export class PageEditorLoader extends Interaction {
    static selector = "[data-page-text]";

    async willStart() {
        await loadBundle("website_content_approval.assets_page_editor");
    }

    start() {
        const {startPageEditor} = odoo.loader.modules.get(
            "@website_content_approval/page_editor/page_editor"
        );
        startPageEditor(this);
    }
}

registry
    .category("public.interactions")
    .add("website_content_approval.page_editor", PageEditorLoader);
