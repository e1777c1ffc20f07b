import {registry} from "@web/core/registry";
import {IntegerField, integerField} from "@web/views/fields/integer/integer_field";
import {useInputField} from "@web/views/fields/input_field_hook";
import {useNumpadDecimal} from "@web/views/fields/numpad_decimal_hook";
import {parseInteger} from "@web/views/fields/parsers";
import {useState} from "@odoo/owl";

/** A whole number that may be missing: an emptied input is not 0. */
export class OptionalIntegerField extends IntegerField {
    // Not the setup of core's: it would read the input a second time, as 0.
    setup() {
        this.state = useState({hasFocus: false});
        useInputField({
            getValue: () => this.formattedValue,
            refName: "numpadDecimal",
            parse: (text) => text.trim() !== "" && parseInteger(text, {allowOperation: true}),
        });
        useNumpadDecimal();
    }
}

registry.category("fields").add("optional_integer", {
    ...integerField,
    component: OptionalIntegerField,
});
