// Keeps a list calm: the busiest first, but nothing changes its place more than once in five seconds.

const CALM_MS = 5000;

export class Ranking {
    #places = new Map();
    #made = -Infinity;
    #idOf;
    #weight;

    constructor(idOf, weight) {
        this.#idOf = idOf;
        this.#weight = weight;
    }

    order(items, now) {
        const strange = items.length !== this.#places.size || items.some((item) => !this.#places.has(this.#idOf(item)));
        if (strange || now - this.#made > CALM_MS) {
            this.#made = now;
            const sorted = [...items].sort((a, b) => this.#weight(b) - this.#weight(a));
            this.#places = new Map(sorted.map((item, place) => [this.#idOf(item), place]));
        }
        return [...items].sort((a, b) => this.#places.get(this.#idOf(a)) - this.#places.get(this.#idOf(b)));
    }

    /** The next order is made anew. */
    forget() {
        this.#made = -Infinity;
    }
}
