// The list of services: the busiest as the engine tells them, any other by search.

import { h, keyed, set, settled, text } from './dom.js';
import { bitsText, count, plural, rate } from './format.js';
import { glyph, show } from './glyphs.js';
import { hashOf, idOf } from './keys.js';
import { Ranking } from './ranking.js';
import { draw, spark } from './spark.js';
import { stateOf } from './verdict.js';

const SEARCHED_AGAIN_MS = 2000;
const STATE_NAMES = { up: 'up', partly: 'has trouble', down: 'down', empty: 'no server' };

export class ServiceTable {
    #body = h('tbody');
    #note = h('p', { class: 'note', role: 'status' });
    #search = h('input', {
        type: 'search',
        placeholder: 'Search all services  /',
        'aria-label': 'Search services by address, port, scheduler or server',
        maxlength: 80,
        oninput: settled(150, () => this.#searched()),
    });
    element;
    #context;
    #busiest = new Ranking(
        (service) => idOf(service.key),
        (service) => service.rates.connections,
    );
    #found = null;
    #searching = 0;

    constructor(context) {
        this.#context = context;
        this.element = h(
            'section',
            { class: 'panel services', id: 'services', tabindex: -1, 'aria-labelledby': 'services-title' },
            h(
                'header',
                {},
                h('h2', { id: 'services-title' }, 'Services'),
                this.#search,
                context.changes.button('Add service', () => context.changes.addService()),
            ),
            h('div', { class: 'scroll' }, h('table', {}, head(), this.#body)),
            this.#note,
        );
        document.addEventListener('keydown', (event) => this.#slash(event));
        setInterval(() => this.#found && !document.hidden && this.#searched(), SEARCHED_AGAIN_MS);
    }

    draw(live) {
        const busiest = () => this.#busiest.order(live.services, live.time);
        const told = new Map(live.services.map((service) => [idOf(service.key), service]));
        const rows = this.#found?.services.map((service) => told.get(idOf(service.key)) ?? service) ?? busiest();
        keyed(
            this.#body,
            rows,
            (service) => idOf(service.key),
            row,
            (element, service) => this.#update(element, service),
        );
        text(this.#note, this.#noteOf(live, rows.length));
    }

    #noteOf(live, shown) {
        if (this.#found?.total === 0) return 'No service is like that.';
        if (this.#found) {
            const { total } = this.#found;
            return `${plural(total, 'service')} found${total > shown ? `, the first ${shown} shown` : ''}`;
        }
        if (live.more === 0) return '';
        return `The ${shown} busiest of ${plural(live.director.services, 'service')}. Search finds the others.`;
    }

    /** The engine looks; what it found is asked for again and again, for its figures. */
    async #searched() {
        const words = this.#search.value.trim();
        const turn = ++this.#searching;
        try {
            const found = words ? await this.#context.bus.request('jlvs.service.search', { text: words }) : null;
            if (turn === this.#searching) this.#show(found);
        } catch (e) {
            text(this.#note, `Not searched: ${e.message}`);
        }
    }

    #show(found) {
        this.#found = found;
        const { store } = this.#context;
        const told = new Set(store.live?.services.map((service) => idOf(service.key)));
        for (const service of found?.services ?? []) {
            if (!told.has(idOf(service.key))) store.takeService(Date.now(), service);
        }
        if (store.live) this.draw(store.live);
    }

    #update(element, service) {
        const state = stateOf(service);
        const [mark, name, scheduler, servers, connections, line, inward, outward, active, refused] = element.children;
        set(element, 'data-state', state);
        show(mark.firstChild, state, STATE_NAMES[state]);
        set(name.firstChild, 'href', hashOf(service.key));
        text(name.firstChild, service.name);
        text(name.lastChild, service.protocol);
        text(scheduler, service.scheduler);
        updateServers(servers, service.servers);
        text(connections, rate(service.rates.connections));
        draw(line.firstChild, this.#context.store.history('connections', service));
        text(inward, bitsText(service.rates.inBytes));
        text(outward, bitsText(service.rates.outBytes));
        text(active, count(service.active));
        text(refused, rate(service.refusedPerSecond));
        set(refused, 'data-alarm', service.refusedPerSecond > 0);
    }

    #slash(event) {
        const typing = /^(input|select|textarea)$/i.test(event.target.tagName) || document.querySelector('dialog[open]');
        if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || this.element.offsetParent === null) return;
        event.preventDefault();
        this.#search.focus();
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
            column('Service'),
            column('Scheduler', 'wide'),
            column('Servers'),
            column('Conn/s', 'number'),
            h('th', { scope: 'col', class: 'line' }, h('span', { class: 'hidden' }, 'Last minute')),
            column('In', 'number wide'),
            column('Out', 'number wide'),
            column('Active', 'number wide'),
            column('Refused/s', 'number wide'),
        ),
    );
}

function row() {
    return h(
        'tr',
        {},
        h('td', { class: 'mark' }, glyph('up', 'up')),
        h('th', { scope: 'row' }, h('a'), h('small', { class: 'wide' })),
        h('td', { class: 'wide' }),
        h('td', { class: 'servers' }),
        h('td', { class: 'number strong' }),
        h('td', { class: 'line' }, spark(90, 20)),
        h('td', { class: 'number wide' }),
        h('td', { class: 'number wide' }),
        h('td', { class: 'number wide' }),
        h('td', { class: 'number wide' }),
    );
}

/** As dots while they are few; always with the count. */
function updateServers(cell, servers) {
    if (!cell.firstChild) cell.append(h('span', { class: 'dots' }), h('span'));
    const [dots, words] = cell.children;
    keyed(
        dots,
        servers.slice(0, 8),
        (server) => server.name,
        () => glyph('up'),
        (element, server) => show(element, server.state),
    );
    text(words, `${servers.filter((server) => server.state === 'up').length}/${servers.length}`);
    set(
        cell,
        'title',
        servers
            .slice(0, 20)
            .map((server) => `${server.name} ${server.state}`)
            .join('\n'),
    );
}
