import {NameAndSignature} from "@web/core/signature/name_and_signature";
import {SignatureDialog} from "@web/core/signature/signature_dialog";
import {SignatureField, signatureField} from "@web/views/fields/signature/signature_field";
import {registry} from "@web/core/registry";

/** The pad alone: a name in script, or a picture that is loaded, was signed by nobody. */
class DrawnSignature extends NameAndSignature {
    static template = "waste_handover.DrawnSignature";
}

/** Core's window speaks of contracts, and adopts what it proposes. */
class DrawnSignatureDialog extends SignatureDialog {
    static template = "waste_handover.DrawnSignatureDialog";
    static components = {...SignatureDialog.components, DrawnSignature};
}

class DrawnSignatureField extends SignatureField {
    onClickSignature() {
        if (this.props.readonly) {
            return;
        }
        this.dialogService.add(DrawnSignatureDialog, {
            nameAndSignatureProps: {
                displaySignatureRatio: this.displaySignatureRatio,
                mode: "draw",
                noInputName: true,
            },
            uploadSignature: (signature) => this.uploadSignature(signature),
        });
    }
}

registry.category("fields").add("waste_handover_signature", {
    ...signatureField,
    component: DrawnSignatureField,
});
