// A service's own page: its picture, its last minutes, its servers and what can be changed, its connections.

import { Chart, colourOf } from './chart.js';
import { Connections } from './connections.js';
import { h, keyed, set, text } from './dom.js';
import { bitsText, count, millis, rate } from './format.js';
import { FlowPicture, stateWords } from './flow.js';
import { glyph, show } from './glyphs.js';
import { idOf, onlyKey } from './keys.js';
import { draw, spark } from './spark.js';
import { MEASURES } from './store.js';
import { stateOf } from './verdict.js';

const ASK_MS = 1000;
const SHOWN = { services: 1, servers: 12 };
const STATE_TITLES = {
    up: 'up',
    partly: 'a server has trouble',
    down: 'no server takes clients',
    empty: 'no real server yet',
};

export class ServicePage {
    #context;
    #key;
    #measure = 'connections';
    #mark = glyph('idle', ' ');
    #title = h('h1', { tabindex: -1 });
    #facts = h('p', { class: 'facts-line' });
    #gone = h('p', { class: 'panel note', role: 'status', hidden: true });
    #picture;
    #chart = new Chart();
    #body = h('tbody');
    #connections;
    #timer;
    #unsubscribe;
    #settings = '';
    element;

    constructor(context, key) {
        this.#context = context;
        this.#key = key;
        const { changes, store, bus } = context;
        this.#picture = new FlowPicture(store, SHOWN);
        this.#connections = new Connections(context, key);
        text(this.#title, idOf(key).replace('/', ' '));
        this.element = h(
            'div',
            { class: 'service-page' },
            h(
                'section',
                { class: 'service-head' },
                h('a', { class: 'back', href: '#/' }, '← All services'),
                h('div', { class: 'service-title' }, this.#mark, this.#title, this.#facts),
                h(
                    'div',
                    { class: 'actions' },
                    changes.button('Add server', () => changes.addServer(key), 'primary'),
                    changes.button('Change', () => changes.editService(key)),
                    changes.button('Remove', () => changes.removeService(key), 'danger'),
                ),
            ),
            this.#gone,
            h('section', { class: 'panel', 'aria-label': 'Flows' }, this.#picture.element),
            h(
                'section',
                { class: 'panel', 'aria-labelledby': 'servers-title' },
                h('header', {}, h('h2', { id: 'servers-title' }, 'Real servers'), this.#measureChoice()),
                this.#chart.element,
                h('div', { class: 'scroll' }, h('table', { class: 'server-table' }, head(), this.#body)),
            ),
            this.#connections.element,
        );
        this.#unsubscribe = bus.subscribe('jlvs.event.configuration', () => this.#readSettings());
        this.#timer = setInterval(() => this.#ask(), ASK_MS);
        this.#ask();
        this.#readSettings();
    }

    /** What began with the page ends with it. */
    close() {
        clearInterval(this.#timer);
        this.#unsubscribe();
        this.#connections.close();
    }

    /** Called after each live message; a service that is not among those is asked for by itself. */
    draw() {
        const told = this.#told();
        if (told) this.#show(told, this.#context.store.live.time);
    }

    /** For the reader's focus after the page was opened. */
    focus() {
        this.#title.focus();
    }

    #told() {
        const id = idOf(this.#key);
        return this.#context.store.live?.services.find((service) => idOf(service.key) === id);
    }

    async #ask() {
        if (this.#told()) return;
        try {
            const service = await this.#context.bus.request('jlvs.service.live', onlyKey(this.#key));
            const now = Date.now();
            this.#context.store.takeService(now, service);
            this.#show(service, now);
        } catch (e) {
            set(this.#gone, 'hidden', false);
            text(this.#gone, e.message);
        }
    }

    async #readSettings() {
        try {
            const [service] = (await this.#context.bus.request('jlvs.service.list', onlyKey(this.#key))).services;
            const { persistence, flags, onePacket } = service;
            this.#settings = [
                persistence ? `persistent for ${persistence.timeoutSeconds} s` : '',
                flags.join(', '),
                onePacket ? 'one packet' : '',
            ]
                .filter(Boolean)
                .join(' · ');
        } catch {
            this.#settings = '';
        }
    }

    #show(service, now) {
        const state = stateOf(service);
        set(this.#gone, 'hidden', true);
        show(this.#mark, state, STATE_TITLES[state]);
        text(this.#title, service.name);
        text(
            this.#facts,
            [
                service.protocol,
                service.scheduler,
                this.#settings,
                STATE_TITLES[state],
                `${rate(service.rates.connections)} connections/s`,
                `${count(service.active)} active`,
            ]
                .filter(Boolean)
                .join(' · '),
        );
        this.#picture.draw([service], this.#measure, { services: 0, value: 0 });
        this.#chart.draw(
            service.servers.map((server) => ({
                name: server.name,
                series: this.#context.store.history(this.#measure, service, server),
            })),
            this.#measure,
            now,
        );
        keyed(
            this.#body,
            service.servers,
            (server) => server.name,
            (server) => this.#row(server),
            (row, server) => this.#update(row, server, service),
        );
    }

    #row({ name }) {
        const { changes } = this.#context;
        const row = h(
            'tr',
            { onmouseenter: () => this.#chart.focus(name), onmouseleave: () => this.#chart.focus(null) },
            h('td', { class: 'mark' }, glyph('up', 'up')),
            h('th', { scope: 'row' }, h('i', { class: 'swatch' }), h('span', {}, name), h('small')),
            h('td', { class: 'number' }),
            h('td', { class: 'number strong' }),
            h('td', { class: 'line' }, spark(90, 20)),
            h('td', { class: 'number wide' }),
            h('td', { class: 'number wide' }),
            h('td', { class: 'number' }),
            h('td', { class: 'number wide' }),
            h('td', { class: 'number wide' }),
            h(
                'td',
                { class: 'row-actions' },
                changes.button('Weight', () => changes.weigh(this.#key, name), 'quiet'),
                changes.button('Quiesce', () => changes.quiesce(this.#key, name), 'quiet'),
                changes.button('Remove', () => changes.removeServer(this.#key, name), 'quiet danger'),
            ),
        );
        for (const button of row.querySelectorAll('button')) set(button, 'aria-label', `${button.textContent}: ${name}`);
        return row;
    }

    #update(row, server, service) {
        const [mark, name, weight, connections, line, inward, outward, active, inactive, latency, actions] = row.children;
        set(row, 'data-state', server.state);
        show(mark.firstChild, server.state, stateWords(server.state));
        name.firstChild.style.setProperty('background', `var(${colourOf(service.servers.indexOf(server))})`);
        text(name.lastChild, server.state === 'up' ? server.mode : `${server.mode} · ${stateWords(server.state)}`);
        text(weight, server.weight);
        text(connections, rate(server.rates.connections));
        draw(line.firstChild, this.#context.store.history('connections', service, server));
        text(inward, bitsText(server.rates.inBytes));
        text(outward, bitsText(server.rates.outBytes));
        text(active, count(server.active));
        text(inactive, count(server.inactive));
        text(
            latency,
            server.connectMillis === null || server.connectMillis === undefined ? '–' : millis(server.connectMillis),
        );
        set(actions.children[1], 'hidden', server.weight === 0);
    }

    #measureChoice() {
        const radios = Object.keys(MEASURES).map((name) =>
            h(
                'label',
                {},
                h('input', { type: 'radio', name: 'service-measure', value: name, checked: name === this.#measure }),
                h('span', {}, name[0].toUpperCase() + name.slice(1)),
            ),
        );
        return h(
            'fieldset',
            {
                class: 'choice',
                onchange: (event) => {
                    this.#measure = event.target.value;
                    this.draw();
                },
            },
            h('legend', { class: 'hidden' }, 'What is drawn'),
            radios,
        );
    }
}

function head() {
    const column = (label, css) => h('th', { scope: 'col', class: css }, label);
    return h(
        'thead',
        {},
        h(
            'tr',
            {},
            h('th', { scope: 'col' }, h('span', { class: 'hidden' }, 'State')),
            column('Server'),
            column('Weight', 'number'),
            column('Conn/s', 'number'),
            h('th', { scope: 'col', class: 'line' }, h('span', { class: 'hidden' }, 'Last minute')),
            column('In', 'number wide'),
            column('Out', 'number wide'),
            column('Active', 'number'),
            column('Inactive', 'number wide'),
            column('Connect', 'number wide'),
            h('th', { scope: 'col' }, h('span', { class: 'hidden' }, 'Changes')),
        ),
    );
}
