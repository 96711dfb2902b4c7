// What a screen reader is told, politely and seldom: a new verdict, and what became of a change.

import { h, text } from './dom.js';

const CALM_MS = 4000;
const TOAST_MS = 6000;

export class Told {
    #region = document.getElementById('told');
    #toasts = document.getElementById('toasts');
    #verdict = null;
    #at = 0;

    /** The sentence at the top; said when it differs, no more than once in four seconds, and not at the first look. */
    verdict(sentence) {
        if (sentence === this.#verdict || Date.now() - this.#at < CALM_MS) return;
        if (this.#verdict !== null) text(this.#region, sentence);
        this.#verdict = sentence;
        this.#at = Date.now();
    }

    /** What was done, shown for a while. */
    done(sentence) {
        text(this.#region, sentence);
        const toast = h('p', { class: 'toast' }, sentence);
        this.#toasts.append(toast);
        setTimeout(() => toast.remove(), TOAST_MS);
    }
}
