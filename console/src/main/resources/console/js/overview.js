// The overview: the verdict, the figures, the picture, the services, the plugins.

import { h, keyed, set, text } from './dom.js';
import { emptyState } from './empty.js';
import { Figures } from './figures.js';
import { FlowPicture } from './flow.js';
import { glyph, show } from './glyphs.js';
import { idOf } from './keys.js';
import { Plugins } from './plugins.js';
import { Ranking } from './ranking.js';
import { ServiceTable } from './services.js';
import { MEASURES } from './store.js';
import { problems, stateOf, verdict } from './verdict.js';

const SHOWN = { services: 7, servers: 6 };
const PROBLEMS = 5;
const MEASURE_NAMES = { connections: 'Connections', traffic: 'Traffic', active: 'Active' };
const TROUBLE = { down: 2e15, partly: 1e15, empty: 0, up: 0 };

export class Overview {
    element = h('div', { class: 'overview' });
    #context;
    #measure = 'connections';
    #verdict = verdictBand();
    #figures;
    #picture;
    #table;
    #plugins;
    #empty;
    #flowPanel;
    #ranking = new Ranking(
        (service) => idOf(service.key),
        (service) => MEASURES[this.#measure](service) + TROUBLE[stateOf(service)],
    );

    /** @param context {bus, store, changes, told}: what every part of the page works with */
    constructor(context) {
        this.#context = context;
        this.#figures = new Figures(context.store);
        this.#picture = new FlowPicture(context.store, SHOWN);
        this.#table = new ServiceTable(context);
        this.#plugins = new Plugins(context.bus);
        this.#empty = emptyState(context.changes);
        this.#flowPanel = h(
            'section',
            { class: 'panel flow-panel', 'aria-labelledby': 'flow-title' },
            h('header', {}, h('h2', { id: 'flow-title' }, 'Where it goes'), this.#measureChoice()),
            this.#picture.element,
            legend(),
        );
        this.element.append(
            this.#verdict.element,
            this.#figures.element,
            this.#empty,
            this.#flowPanel,
            this.#table.element,
            this.#plugins.element,
        );
    }

    draw() {
        const { live } = this.#context.store;
        const found = problems(live);
        const said = verdict(live, found);
        drawVerdict(this.#verdict, said, found);
        this.#context.told.verdict(
            `${said.title}. ${found
                .slice(0, 3)
                .map((problem) => problem.text.replace(/[\d.,]+\/s/, ''))
                .join('. ')}`,
        );
        this.#figures.draw(live);
        const none = live.director.services === 0;
        set(this.#empty, 'hidden', !none);
        set(this.#flowPanel, 'hidden', none);
        set(this.#table.element, 'hidden', none);
        this.#table.draw(live);
        if (none) return;
        const ranked = this.#ranking.order(live.services, live.time);
        this.#picture.draw(ranked, this.#measure, this.#left(live, ranked.slice(SHOWN.services)));
    }

    /** What of the services the picture has no room for. */
    #left(live, cut) {
        const sum = cut.reduce((total, service) => total + MEASURES[this.#measure](service), 0);
        if (live.more === 0) return { services: cut.length, value: sum };
        const shown = live.services.reduce((total, service) => total + MEASURES[this.#measure](service), 0);
        return { services: cut.length + live.more, value: sum + Math.max(0, MEASURES[this.#measure](live) - shown) };
    }

    #measureChoice() {
        const radios = Object.entries(MEASURE_NAMES).map(([name, label]) =>
            h(
                'label',
                {},
                h('input', { type: 'radio', name: 'measure', value: name, checked: name === this.#measure }),
                h('span', {}, label),
            ),
        );
        return h(
            'fieldset',
            { class: 'choice', onchange: (event) => this.#choose(event.target.value) },
            h('legend', { class: 'hidden' }, 'What the width shows'),
            radios,
        );
    }

    #choose(measure) {
        this.#measure = measure;
        this.#ranking.forget();
        if (this.#context.store.live) this.draw();
    }
}

function verdictBand() {
    const mark = glyph('idle');
    const title = h('h1', { id: 'verdict' }, 'Waiting for the engine');
    const detail = h('p', { class: 'where' });
    const list = h('ul', { class: 'problems', 'aria-label': 'What is wrong' });
    return {
        element: h(
            'section',
            { class: 'verdict', 'aria-labelledby': 'verdict' },
            h('div', { class: 'sentence' }, mark, h('div', {}, title, detail)),
            list,
        ),
        mark,
        title,
        detail,
        list,
    };
}

function drawVerdict(band, said, found) {
    set(band.element, 'data-level', said.level);
    show(band.mark, said.level);
    text(band.title, said.title);
    text(band.detail, said.detail);
    const told = found.slice(0, PROBLEMS);
    if (found.length > PROBLEMS)
        told.push({ level: 'warn', text: `and ${found.length - PROBLEMS} more`, href: '#/services' });
    set(band.list, 'hidden', told.length === 0);
    keyed(
        band.list,
        told.map((problem, place) => ({ ...problem, place })),
        (problem) => problem.place + problem.level + Boolean(problem.href),
        problemItem,
        updateProblem,
    );
}

function problemItem(problem) {
    return h('li', {}, h(problem.href ? 'a' : 'span', {}, glyph(problem.level), h('span')));
}

function updateProblem(item, problem) {
    set(item, 'data-level', problem.level);
    set(item.firstChild, 'href', problem.href);
    text(item.firstChild.lastChild, problem.text);
}

function legend() {
    return h(
        'p',
        { class: 'legend' },
        [
            ['up', 'takes clients'],
            ['quiesced', 'quiesced'],
            ['overloaded', 'overloaded'],
            ['failing', 'does not answer'],
        ].map(([state, words]) => h('span', {}, glyph(state), words)),
        h('span', { class: 'note' }, 'width of a flow in proportion'),
    );
}
