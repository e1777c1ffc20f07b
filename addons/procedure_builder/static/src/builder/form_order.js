/**
 * The order of a form: a flat list, where a page holds what follows up to the next page, a
 * section up to the next section or page, a block the questions that carry its key.
 *
 * A place is `{afterId, blockKey}`: below which field, and in which block.
 */

const ENDS = {page: ["page"], section: ["page", "section"]};

export function contentOf(fields, field) {
    const start = fields.findIndex((each) => each.id === field.id);
    let end = start + 1;
    if (field.type === "block") {
        while (end < fields.length && fields[end].block_key === field.key) {
            end++;
        }
    } else if (ENDS[field.type]) {
        while (end < fields.length && !ENDS[field.type].includes(fields[end].type)) {
            end++;
        }
    }
    return fields.slice(start, end);
}

/** How far each field is indented. */
export function depths(fields) {
    const inPage = fields.some((field) => field.type === "page") ? 1 : 0;
    let inSection = 0;
    return fields.map((field) => {
        if (field.type === "page") {
            inSection = 0;
            return 0;
        }
        if (field.type === "section") {
            inSection = 1;
            return inPage;
        }
        return inPage + inSection + (field.block_key ? 1 : 0);
    });
}

/** Just above `target`. */
function before(fields, target, blockKey = false) {
    const index = fields.findIndex((each) => each.id === target.id);
    return {afterId: index > 0 ? fields[index - 1].id : false, blockKey};
}

/** Just below `target` and what it holds. */
function behind(fields, target, blockKey = false) {
    return {afterId: contentOf(fields, target).at(-1).id, blockKey};
}

/** The page, section or block that this field is in, `types` saying which count. */
function holder(fields, field, types) {
    return fields.findLast(
        (each) => types.includes(each.type) && contentOf(fields, each).slice(1).includes(field)
    );
}

/** @param {Object} types what may be in a block, by type: `{in_block}` */
export function placeUp(fields, field, types) {
    const index = fields.findIndex((each) => each.id === field.id);
    const above = fields[index - 1];
    if (!above) {
        return null;
    }
    if (field.type === "page" || field.type === "section") {
        const passed = above.type === "page" ? null : holder(fields, above, [field.type]);
        return before(fields, passed || holder(fields, above, ["block"]) || above);
    }
    const block = above.block_key && fields.find((each) => each.key === above.block_key);
    if (block && above.block_key !== field.block_key) {
        return types[field.type].in_block
            ? {afterId: above.id, blockKey: block.key}
            : before(fields, block);
    }
    if (above.type === "block") {
        return before(fields, above);
    }
    return before(fields, above, field.block_key);
}

export function placeDown(fields, field, types) {
    const content = contentOf(fields, field);
    const index = fields.findIndex((each) => each.id === field.id);
    const below = fields[index + content.length];
    if (field.block_key && below?.block_key !== field.block_key) {
        // Out of its block, without moving.
        return before(fields, field);
    }
    if (!below) {
        return null;
    }
    if (field.type === "page" || field.type === "section") {
        const passed = below.type === field.type || below.type === "block";
        return passed ? behind(fields, below) : {afterId: below.id, blockKey: false};
    }
    if (below.type === "block") {
        return types[field.type].in_block
            ? {afterId: below.id, blockKey: below.key}
            : behind(fields, below);
    }
    return {afterId: below.id, blockKey: below.block_key};
}

/** Where a field that is dropped below `above` goes. */
export function placeDropped(fields, field, above) {
    if (!above) {
        return {afterId: false, blockKey: false};
    }
    const blockKey = above.type === "block" ? above.key : above.block_key;
    const moved = contentOf(fields, field);
    const rest = fields.filter((each) => !moved.includes(each));
    const below = rest[rest.indexOf(above) + 1];
    const isEnd = blockKey && below?.block_key !== blockKey;
    const enters = !isEnd || above.type === "block" || field.block_key === blockKey;
    return {afterId: above.id, blockKey: enters ? blockKey : false};
}
