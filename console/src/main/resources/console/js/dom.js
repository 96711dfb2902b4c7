// The little that this page needs instead of a framework. Text only ever goes in as text: names and events come from
// the network and are not trusted.

const SVG = 'http://www.w3.org/2000/svg';

/** An element. Attributes that begin with "on" are listeners; true is an empty attribute, false, null and undefined none. */
export const h = (tag, attributes, ...children) => build(document.createElement(tag), attributes, children);

/** The same in SVG. */
export const s = (tag, attributes, ...children) => build(document.createElementNS(SVG, tag), attributes, children);

function build(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
        if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
        else set(element, name, value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
    return element;
}

/** Sets an attribute, if that changes anything. */
export function set(element, name, value) {
    if (value === false || value === null || value === undefined) element.removeAttribute(name);
    else {
        const wanted = value === true ? '' : String(value);
        if (element.getAttribute(name) !== wanted) element.setAttribute(name, wanted);
    }
}

/** Sets several attributes. */
export function attributes(element, values) {
    for (const [name, value] of Object.entries(values)) set(element, name, value);
}

/** Sets the text, if that changes anything. */
export function text(element, value) {
    if (element.textContent !== String(value)) element.textContent = value;
}

const kept = new WeakMap();

/**
 * Makes the children of a parent follow a list: the element of a key stays the same one, so focus and selection do too.
 * make(item) gives an element; update(element, item) brings it up to date, also right after it was made.
 */
export function keyed(parent, items, keyOf, make, update) {
    const before = kept.get(parent) || new Map();
    const now = new Map();
    let place = parent.firstChild;
    for (const item of items) {
        const key = keyOf(item);
        const element = before.get(key) || make(item);
        now.set(key, element);
        update(element, item);
        if (element === place) place = place.nextSibling;
        else parent.insertBefore(element, place);
    }
    for (const [key, element] of before) if (!now.has(key)) element.remove();
    kept.set(parent, now);
}

/** Calls a function so many milliseconds after the last call of what this returns. */
export function settled(milliseconds, work) {
    let timer = 0;
    return () => {
        clearTimeout(timer);
        timer = setTimeout(work, milliseconds);
    };
}
