import {Component, onWillUnmount, useEffect, useRef, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";

const REFRESH_DELAY = 400;
const PHONE = 390;
const COMPUTER = 992;

/**
 * The form as an inhabitant sees it, in a frame of our own site. It is loaded again after each
 * change; what was typed in it and where it was scrolled are put back.
 */
export class Preview extends Component {
    static template = "procedure_builder.Preview";
    static props = {model: Object, testing: Boolean, test: Function};

    setup() {
        this.model = useState(this.props.model);
        this.state = useState({isPhone: true, scale: 1});
        this.frame = useRef("frame");
        this.box = useRef("box");
        this.kept = null;
        this.shownId = false;
        this.isShown = false;
        this.firstAddress = this.address;
        useEffect(
            () => {
                if (this.isShown) {
                    const timer = browser.setTimeout(() => this.reload(), REFRESH_DELAY);
                    return () => browser.clearTimeout(timer);
                }
                this.isShown = true;
            },
            () => [this.model.revision, this.page, this.props.testing]
        );
        useEffect(
            () => this.show(),
            () => [this.model.selectedId]
        );
        const observer = new ResizeObserver(() => this.resize());
        useEffect(
            () => {
                observer.observe(this.box.el);
                return () => observer.disconnect();
            },
            () => []
        );
        useEffect(
            () => this.resize(),
            () => [this.state.isPhone, this.props.testing]
        );
        onWillUnmount(() => observer.disconnect());
    }

    get address() {
        return `/demarches/apercu/${this.model.versionId}?embed=1&etape=${this.page}`;
    }

    /** The page of the form where the selected question is, counted from 1. */
    get page() {
        const {fields, selectedId} = this.model;
        const index = fields.findIndex((field) => field.id === selectedId);
        return Math.max(
            1,
            fields.filter((field, rank) => rank <= index && (field.type === "page" || !rank)).length
        );
    }

    get width() {
        return this.state.isPhone ? PHONE : COMPUTER;
    }

    get document() {
        return this.frame.el?.contentDocument;
    }

    resize() {
        if (this.box.el) {
            this.state.scale = Math.min(1, this.box.el.clientWidth / this.width);
        }
    }

    reload() {
        // A test is not interrupted: its answers were checked with the form as it was.
        if (this.props.testing || !this.document?.body) {
            return;
        }
        this.kept = {
            top: this.frame.el.contentWindow.scrollY,
            inputs: Array.from(this.inputs(), (input) => [
                input.name,
                input.value,
                input.checked,
                input.type,
            ]),
        };
        this.frame.el.contentWindow.location.replace(this.address);
    }

    onLoad() {
        if (this.kept && !this.props.testing) {
            this.putBack();
            this.frame.el.contentWindow.scrollTo(0, this.kept.top);
            this.kept = null;
        }
        this.show();
    }

    inputs() {
        return this.document.querySelectorAll(
            "form input[name]:not([type=hidden], [type=file]), form select, form textarea"
        );
    }

    putBack() {
        const isTick = (type) => type === "checkbox" || type === "radio";
        for (const [name, value, checked, type] of this.kept.inputs) {
            for (const input of this.inputs()) {
                if (input.name !== name || (isTick(type) && input.value !== value)) {
                    continue;
                }
                if (isTick(type)) {
                    input.checked = checked;
                } else {
                    input.value = value;
                }
            }
        }
        const first = this.inputs()[0];
        first?.dispatchEvent(new Event("change", {bubbles: true}));
    }

    /** The question that is being set is brought into view. */
    show() {
        const field = this.model.selected;
        if (!field || !this.document || this.shownId === field.id) {
            return;
        }
        const key = CSS.escape(field.key);
        const target = this.document.querySelector(
            `[data-field="${key}"], [name="${key}"], [name^="${key}."], #${key}`
        );
        if (target) {
            this.shownId = field.id;
            target.scrollIntoView({block: "center"});
        }
    }
}
