/** @odoo-module ignore **/
// A photo of a telephone is made smaller in the browser, before it leaves: `window.shrinkPhoto`.
(() => {
    "use strict";

    const SMALL = 1024 * 1024;
    const QUALITY = 0.85;

    /** Upright, no larger than what would be kept of it; a file that is no picture, or that this
     * browser cannot read, as it is. */
    window.shrinkPhoto = async (file, maxSide) => {
        if (file.size <= SMALL || !file.type.startsWith("image/")) {
            return file;
        }
        const canvas = document.createElement("canvas");
        try {
            const picture = await createImageBitmap(file, {imageOrientation: "from-image"});
            const scale = Math.min(1, maxSide / Math.max(picture.width, picture.height));
            canvas.width = Math.round(picture.width * scale);
            canvas.height = Math.round(picture.height * scale);
            const context = canvas.getContext("2d");
            context.imageSmoothingQuality = "high";
            // What was transparent is paper.
            context.fillStyle = "white";
            context.fillRect(0, 0, canvas.width, canvas.height);
            context.drawImage(picture, 0, 0, canvas.width, canvas.height);
            picture.close();
            const blob = await new Promise((resolve) =>
                canvas.toBlob(resolve, "image/jpeg", QUALITY)
            );
            if (blob && blob.size < file.size) {
                const name = file.name.replace(/\.[^.]*$/, "") + ".jpg";
                return new File([blob], name, {type: blob.type});
            }
        } catch {
            // Not a picture for this browser: HEIC, broken, too large for its memory.
        } finally {
            // Safari keeps the pixels of a canvas for long.
            canvas.width = canvas.height = 0;
        }
        return file;
    };
})();
