// The row of figures at the top, each with its last minute.

import { h, set, text } from './dom.js';
import { bits, count, percent, rate } from './format.js';
import { draw, spark } from './spark.js';

const FIGURES = [
    { name: 'connections', label: 'New connections', value: (live) => [rate(live.rates.connections), '/s'] },
    { name: 'inBytes', label: 'From clients', value: (live) => bits(live.rates.inBytes) },
    { name: 'outBytes', label: 'To clients', value: (live) => bits(live.rates.outBytes) },
    { name: 'active', label: 'Active / inactive', value: (live) => [count(live.active), `/ ${count(live.inactive)}`] },
    {
        name: 'refused',
        label: 'Refused',
        value: (live) => [rate(live.refusedPerSecond), '/s'],
        alarm: (live) => live.refusedPerSecond > 0,
    },
    {
        name: 'dropped',
        label: 'Dropped',
        value: (live) => [rate(live.droppedPerSecond), 'packets/s'],
        alarm: (live) => live.droppedPerSecond > 0,
    },
];

export class Figures {
    element = h('dl', { class: 'figures' });
    #store;
    #tiles;
    #table = tile('Connection table');

    constructor(store) {
        this.#store = store;
        this.#tiles = FIGURES.map((figure) => ({ figure, ...tile(figure.label) }));
        this.#meter = h('meter', {
            min: 0,
            max: 1,
            high: 0.8,
            low: 0.79,
            optimum: 0,
            'aria-label': 'How full the connection table is',
        });
        this.#table.spark.replaceWith(this.#meter);
        this.element.append(...this.#tiles.map((each) => each.element), this.#table.element);
    }

    #meter;

    draw(live) {
        for (const { figure, element, value, unit, spark: picture } of this.#tiles) {
            const [number, dimension] = figure.value(live);
            text(value, number);
            text(unit, dimension);
            set(element, 'data-alarm', figure.alarm ? figure.alarm(live) : false);
            draw(picture, this.#store.history(figure.name));
        }
        this.#drawTable(live.director);
    }

    #drawTable({ tableEntries, tableCapacity }) {
        set(this.#table.element, 'hidden', !tableCapacity);
        if (!tableCapacity) return;
        text(this.#table.value, percent(tableEntries / tableCapacity));
        text(this.#table.unit, `of ${count(tableCapacity)}`);
        this.#meter.value = tableEntries / tableCapacity;
    }
}

function tile(label) {
    const value = h('b', {}, '–');
    const unit = h('small');
    const picture = spark(120, 26);
    return {
        element: h('div', {}, h('dt', {}, label), h('dd', {}, value, unit), h('dd', { class: 'minute' }, picture)),
        value,
        unit,
        spark: picture,
    };
}
