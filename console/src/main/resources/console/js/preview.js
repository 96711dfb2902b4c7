// What a change would do, before it is made: how many connections stay, and what share of new clients goes elsewhere.

import { h, s, set, text } from './dom.js';
import { count, percent } from './format.js';

const WIDTH = 400;

export class Preview {
    #moved = bar('New clients that go elsewhere');
    #kept = bar('Connections of now that end');
    #sentences = h('ul');
    #error = h('p', { class: 'error', role: 'alert' });
    #wait = h('p', { class: 'note' });
    #facts = h('div', { class: 'facts' }, this.#moved.element, this.#kept.element, this.#sentences);
    element = h(
        'section',
        { class: 'preview', 'aria-label': 'What the change does', 'aria-live': 'polite' },
        this.#wait,
        this.#facts,
        this.#error,
    );

    constructor() {
        this.waiting('Fill in what is needed to see what the change does.');
    }

    waiting(words) {
        text(this.#wait, words);
        this.#show(this.#wait);
    }

    failed(words) {
        text(this.#error, words);
        this.#show(this.#error);
    }

    /** @param preview as jlvs.change.preview answers, valid */
    shows({ connections, ended, newClientsMoved, sentences }) {
        drawBar(this.#moved, newClientsMoved, percent(newClientsMoved));
        drawBar(
            this.#kept,
            connections > 0 ? ended / connections : 0,
            connections > 0 ? `${count(ended)} of ${count(connections)}` : 'there are none',
        );
        this.#sentences.replaceChildren(...sentences.map((sentence) => h('li', {}, sentence)));
        this.#show(this.#facts);
    }

    #show(shown) {
        for (const part of [this.#wait, this.#facts, this.#error]) set(part, 'hidden', part !== shown);
    }
}

function bar(label) {
    const value = h('b');
    const part = s('rect', { height: 8, rx: 4, class: 'part' });
    const picture = s(
        'svg',
        { viewBox: `0 0 ${WIDTH} 8`, height: 8, preserveAspectRatio: 'none', 'aria-hidden': true },
        s('rect', { width: WIDTH, height: 8, rx: 4, class: 'whole' }),
        part,
    );
    return { element: h('div', { class: 'bar' }, h('p', {}, h('span', {}, label), value), picture), value, part };
}

function drawBar({ element, value, part }, share, words) {
    set(element, 'data-some', share > 0);
    set(part, 'width', share > 0 ? Math.max(6, share * WIDTH) : 0);
    text(value, words);
}
