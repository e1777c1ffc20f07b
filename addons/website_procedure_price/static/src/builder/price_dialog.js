import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

import {ProcedureBuilder} from "@procedure_builder/builder/builder";
import {sentence} from "@procedure_builder/builder/builder_model";
import {useNamedDialog} from "@procedure_builder/builder/named_dialog";

/** The prices of a form: who pays which tariff, a cell for each choice, then lines of its own. */
export class PriceDialog extends Component {
    static template = "website_procedure_price.PriceDialog";
    static components = {Dialog};
    static props = {prices: Object, isEditable: Boolean, save: Function, close: Function};

    setup() {
        const {kinds, amounts, lines, kept} = this.props.prices;
        this.state = useState({
            kinds: kinds.map((kind) => ({...kind})),
            amounts: JSON.parse(JSON.stringify(amounts)),
            lines: lines.map((line) => ({...line})),
            kept: [...kept],
            errors: [],
            isSending: false,
        });
        this.modalRef = useNamedDialog();
    }

    /** Cells by question. */
    get questions() {
        const found = [];
        for (const cell of this.props.prices.cells) {
            if (found.at(-1)?.label !== cell.question) {
                found.push({label: cell.question, cells: []});
            }
            found.at(-1).cells.push(cell);
        }
        return found;
    }

    /** Those whose tariff has a column: a kind just added has one once it is named. */
    get columns() {
        const kinds = this.state.kinds.filter((kind) => kind.name);
        const everybody = kinds.length ? _t("All the others") : _t("Price in euros");
        return [
            ...kinds.map((kind) => ({code: kind.key, label: kind.name})),
            {code: "", label: everybody},
        ];
    }

    amount(cell, who) {
        return this.state.amounts[cell.id]?.[who] || "";
    }

    setAmount(cell, who, ev) {
        this.state.amounts[cell.id] = {...this.state.amounts[cell.id], [who]: ev.target.value};
    }

    addKind() {
        // Its key is only that of the columns as long as it is not stored.
        const taken = this.state.kinds.map((kind) => kind.key);
        let number = taken.length + 1;
        while (taken.includes(`tarif_${number}`)) {
            number++;
        }
        this.state.kinds.push({
            key: `tarif_${number}`,
            name: "",
            residence: "any",
            applicant: "any",
        });
    }

    removeKind(index) {
        this.state.kinds.splice(index, 1);
    }

    addLine() {
        this.state.lines.push({
            basis: "once",
            label: "",
            amount: "",
            formula: "",
            who: "",
            when_key: "",
            when_value: "",
        });
    }

    removeLine(index) {
        this.state.lines.splice(index, 1);
    }

    removeKept(index) {
        this.state.kept.splice(index, 1);
    }

    choicesOf(line) {
        const asked = this.props.prices.conditions.find(({code}) => code === line.when_key);
        return asked ? asked.choices : [];
    }

    chooseWhen(line) {
        line.when_value = this.choicesOf(line)[0]?.code || "";
    }

    async save() {
        this.state.isSending = true;
        try {
            const {kinds, amounts, lines} = this.state;
            const kept = this.state.kept.map(({id}) => id);
            this.state.errors = await this.props.save({kinds, amounts, lines, kept});
        } catch (error) {
            this.state.errors = [sentence(error)];
        }
        this.state.isSending = false;
        if (!this.state.errors.length) {
            this.props.close();
        }
    }
}

patch(ProcedureBuilder.prototype, {
    openPrices() {
        return this.guard(async () => {
            await this.model.flush();
            const prices = await this.model.call("builder_get_prices");
            this.dialog.add(PriceDialog, {
                prices,
                isEditable: this.model.isEditable,
                save: async (values) => {
                    const answer = await this.model.call("builder_save_prices", [
                        values,
                        prices.stamp,
                    ]);
                    if (!answer.errors.length) {
                        this.model.accept(answer.state);
                        this.model.status = _t("Saved");
                    }
                    return answer.errors;
                },
            });
        });
    },
});
