// The time series of a service's page: a line for each server, drawn by uPlot.

import { h } from './dom.js';
import { measured } from './flow.js';

/* global uPlot */

const HEIGHT = 200;
const WINDOW_S = { least: 60, most: 300 };
const MAX_LINES = 8;

/** The colour of the n-th server, as a custom property of base.css. */
export const colourOf = (place) => `--line-${(place % MAX_LINES) + 1}`;

const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3]];

export class Chart {
    element = h('div', { class: 'chart' });
    #plot = null;
    #names = '';
    #measure = '';
    #focused = null;

    constructor() {
        new ResizeObserver(([entry]) =>
            this.#plot?.setSize({ width: Math.floor(entry.contentRect.width), height: HEIGHT }),
        ).observe(this.element);
        document.documentElement.addEventListener('theme', () => (this.#names = ''));
    }

    /** @param lines [{name, series}], the first few of which are drawn; @param measure a key of MEASURES */
    draw(lines, measure, now) {
        const drawn = lines.slice(0, MAX_LINES);
        const names = drawn.map((line) => line.name).join();
        if (names !== this.#names || measure !== this.#measure) this.#make(drawn, measure, names);
        const data = joined(drawn);
        const end = now / 1000;
        const span = Math.min(WINDOW_S.most, Math.max(WINDOW_S.least, end - (data[0][0] ?? end)));
        this.#plot.setData(data, false);
        this.#plot.setScale('x', { min: end - span, max: end });
    }

    /** Brings the line of one server forward, or with null none. */
    focus(name) {
        this.#focused = name;
        const place = name === null ? -1 : this.#names.split(',').indexOf(name);
        this.#plot?.setSeries(place < 0 ? null : place + 1, { focus: true });
    }

    #make(lines, measure, names) {
        this.#plot?.destroy();
        this.#names = names;
        this.#measure = measure;
        const css = getComputedStyle(document.documentElement);
        const probe = this.element.appendChild(h('i'));
        const colour = (name) => {
            probe.style.color = `var(${name})`;
            return getComputedStyle(probe).color;
        };
        const axis = {
            stroke: colour('--ink-3'),
            grid: { stroke: colour('--line'), width: 1 },
            ticks: { show: false },
            font: `11px ${css.fontFamily}`,
        };
        this.#plot = new uPlot(
            {
                width: Math.max(200, this.element.clientWidth),
                height: HEIGHT,
                legend: { show: false },
                focus: { alpha: 0.25 },
                cursor: { y: false, points: { size: 5 }, drag: { x: false, y: false } },
                scales: { y: { range: (_, low, high) => [0, high > 0 ? high * 1.1 : 1] } },
                axes: [
                    { ...axis, values: '{HH}:{mm}:{ss}', space: 90, size: 28 },
                    { ...axis, size: 74, values: (_, values) => values.map((value) => measured[measure](value)) },
                ],
                series: [
                    {},
                    ...lines.map((line, place) => ({
                        label: line.name,
                        stroke: colour(colourOf(place)),
                        width: 1.75,
                        points: { show: false },
                        dash: DASHES[place % DASHES.length],
                        spanGaps: false,
                    })),
                ],
            },
            [[]],
            this.element,
        );
        probe.remove();
        this.focus(this.#focused);
    }
}

/** All series over one time axis, as uPlot takes them. */
function joined(lines) {
    const times = [...new Set(lines.flatMap((line) => line.series.times))].sort((a, b) => a - b);
    const values = lines.map((line) => {
        const at = new Map(line.series.times.map((time, i) => [time, line.series.values[i]]));
        return times.map((time) => at.get(time) ?? null);
    });
    return [times.map((time) => time / 1000), ...values];
}
