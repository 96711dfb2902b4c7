// Health as a shape, so that colour is never alone.

import { s, set, text } from './dom.js';

const SHAPES = {
    up: 'M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z',
    quiesced: 'M2.5 1.5h2.6v9H2.5zM6.9 1.5h2.6v9H6.9z',
    overloaded: 'M6 1l5.5 10H.5z',
    partly: 'M6 1l5.5 10H.5z',
    failing: 'M2.7 1L6 4.3 9.3 1 11 2.7 7.7 6 11 9.3 9.3 11 6 7.7 2.7 11 1 9.3 4.3 6 1 2.7z',
    down: 'M2.7 1L6 4.3 9.3 1 11 2.7 7.7 6 11 9.3 9.3 11 6 7.7 2.7 11 1 9.3 4.3 6 1 2.7z',
    empty: 'M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9zM6 3.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6z',
    idle: 'M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9zM6 3.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6z',
    ok: 'M4.6 10.2L.8 6.4l1.6-1.6 2.2 2.2 5-5.2 1.6 1.6z',
    warn: 'M6 1l5.5 10H.5z',
    bad: 'M2.7 1L6 4.3 9.3 1 11 2.7 7.7 6 11 9.3 9.3 11 6 7.7 2.7 11 1 9.3 4.3 6 1 2.7z',
};

/** A glyph within a picture, about its own 12 x 12. */
export const glyphPath = () => s('path', { class: 'glyph' });

/** A glyph within text, and its state as words for who does not see it. */
export function glyph(state, words) {
    const picture = s(
        'svg',
        {
            viewBox: '0 0 12 12',
            width: 12,
            height: 12,
            class: 'glyph-box',
            'aria-hidden': words ? null : true,
            role: words ? 'img' : null,
        },
        glyphPath(),
    );
    if (words) picture.prepend(s('title'));
    show(picture, state, words);
    return picture;
}

/** Brings either to a state. */
export function show(element, state, words) {
    const path = element.tagName === 'path' ? element : element.lastChild;
    set(path, 'd', SHAPES[state] || SHAPES.empty);
    set(path, 'data-state', state);
    if (words && element !== path) text(element.firstChild, words);
}
