import {
    ClientErrorDialog,
    ErrorDialog,
    NetworkErrorDialog,
    RPCErrorDialog,
    RedirectWarningDialog,
    WarningDialog,
    odooExceptionTitleMap,
} from "@web/core/errors/error_dialogs";
import {_t} from "@web/core/l10n/translation";
import {isMacOS} from "@web/core/browser/feature_detection";
import {markup} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {registry} from "@web/core/registry";

// People know their town hall, not the name of the software: what happened is said in its place.
ErrorDialog.title = _t("Something went wrong");
ClientErrorDialog.title = _t("Something went wrong on this screen");
NetworkErrorDialog.title = _t("The connection is lost");
// A polite refusal says what to do: it is no "Invalid Operation".
odooExceptionTitleMap.set("odoo.exceptions.UserError", _t("Please note"));
odooExceptionTitleMap.set("odoo.exceptions.ValidationError", _t("Please note"));

patch(RPCErrorDialog.prototype, {
    inferTitle() {
        super.inferTitle();
        if (!odooExceptionTitleMap.has(this.props.exceptionName)) {
            this.title = _t("Something went wrong");
        }
    },
});

patch(WarningDialog.prototype, {
    inferTitle() {
        const {exceptionName, title} = this.props;
        return odooExceptionTitleMap.get(exceptionName)?.toString() || title || _t("Please note");
    },
});

patch(RedirectWarningDialog.prototype, {
    setup() {
        super.setup();
        if (!this.props.subType) {
            this.title = _t("Please note");
        }
    },
});

// Core has no French for this one.
const userMenu = registry.category("user_menuitems");
const getShortcuts = userMenu.get("shortcuts");
userMenu.add(
    "shortcuts",
    (env) => {
        // Not inside the markup: a term of a template literal is never exported.
        const words = _t("Keyboard shortcuts");
        return {
            ...getShortcuts(env),
            description: markup`
                <div class="d-flex align-items-center justify-content-between p-0 w-100">
                    <span>${words}</span>
                    <span class="fw-bold">${isMacOS() ? "CMD" : "CTRL"}+K</span>
                </div>`,
        };
    },
    {force: true}
);
