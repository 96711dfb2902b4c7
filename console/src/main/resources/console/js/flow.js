// The live picture: clients, services and real servers, and the flows between them in proportion.

import { attributes, h, keyed, s, set, text } from './dom.js';
import { bitsText, count, plural, rate, shortened } from './format.js';
import { glyphPath, show } from './glyphs.js';
import { hashOf, idOf } from './keys.js';
import { layout, middleLine, outline } from './layout.js';
import { paths } from './spark.js';
import { MEASURES } from './store.js';
import { stateOf } from './verdict.js';

const STATE_WORDS = {
    up: 'takes clients',
    quiesced: 'quiesced',
    overloaded: 'overloaded',
    failing: 'does not answer',
    down: 'down',
    partly: 'has trouble',
    empty: 'no server',
    idle: '',
};

/** A value of a measure with its unit. */
export const measured = {
    connections: (value) => rate(value) + '/s',
    traffic: bitsText,
    active: count,
};

/** What a state is called. */
export const stateWords = (state) => STATE_WORDS[state] ?? state;

export class FlowPicture {
    element = h('div', { class: 'flow' });
    #svg = s('svg', { role: 'group', 'aria-label': 'Flows from clients over services to real servers' });
    #ribbons = s('g', { class: 'ribbons', 'aria-hidden': true });
    #client = clientNode();
    #services = s('g');
    #servers = s('g', { 'aria-hidden': true });
    #width = 0;
    #last = null;
    #store;
    #shown;

    /** @param shown how many services and servers of one service it shows at most */
    constructor(store, shown) {
        this.#store = store;
        this.#shown = shown;
        this.#svg.append(this.#ribbons, this.#client.element, this.#services, this.#servers);
        this.element.append(this.#svg);
        new ResizeObserver(([entry]) => this.#resized(Math.floor(entry.contentRect.width))).observe(this.element);
    }

    /** @param services of which the first are shown; @param left {services, value}: what else there is */
    draw(services, measure, left) {
        this.#last = [services, measure, left];
        if (this.#width === 0) return;
        const shown = services.slice(0, this.#shown.services).map((service) => this.#serviceOf(service, measure));
        if (left.services > 0) shown.push(restOf(left));
        const place = layout(shown, this.#width);
        shown.forEach((service, i) => {
            const { box, ribbon, servers } = place.services[i];
            Object.assign(service, { box, ribbon, measure });
            service.servers.forEach((server, j) => Object.assign(server, servers[j], { measure }));
        });
        attributes(this.#svg, { width: this.#width, height: place.height, viewBox: `0 0 ${this.#width} ${place.height}` });
        this.#drawClient(place, shown, measure);
        this.#drawRibbons(shown);
        keyed(
            this.#services,
            shown,
            (service) => service.id,
            serviceNode,
            (node, service) => updateService(node, service, place),
        );
        keyed(
            this.#servers,
            shown.flatMap((service) => service.servers),
            (server) => server.id,
            serverNode,
            (node, server) => updateServer(node, server, place),
        );
    }

    #resized(width) {
        this.#width = width;
        if (this.#last) this.draw(...this.#last);
    }

    #serviceOf(service, measure) {
        const id = idOf(service.key);
        const value = MEASURES[measure];
        const told = service.servers.slice(0, this.#shown.servers).map((server) => ({
            id: `${id}|${server.name}`,
            name: server.name,
            state: server.state,
            value: value(server),
            sub: `${server.mode} · weight ${server.weight}`,
            history: this.#store.history(measure, service, server),
        }));
        const rest = service.servers.slice(told.length);
        if (rest.length > 0) {
            told.push({
                id: id + '|rest',
                name: plural(rest.length, 'more server'),
                state: 'rest',
                value: rest.reduce((sum, server) => sum + value(server), 0),
                sub: '',
            });
        }
        return {
            id,
            name: service.name,
            state: stateOf(service),
            value: value(service),
            sub: `${service.protocol} · ${service.scheduler}`,
            href: hashOf(service.key),
            servers: told,
        };
    }

    #drawClient(place, shown, measure) {
        const { element, box, title, value } = this.#client;
        const { client, wide } = place;
        attributes(box, { x: client.x, y: client.y, width: client.width, height: client.height, rx: wide ? 8 : 4 });
        const total = shown.reduce((sum, service) => sum + service.value, 0);
        attributes(
            title,
            wide
                ? { x: client.width / 2, y: client.y + client.height / 2 - 5, 'text-anchor': 'middle' }
                : { x: 0, y: 14, 'text-anchor': 'start' },
        );
        attributes(
            value,
            wide
                ? { x: client.width / 2, y: client.y + client.height / 2 + 15, 'text-anchor': 'middle' }
                : { x: 52, y: 14, 'text-anchor': 'start' },
        );
        text(value, measured[measure](total));
        set(element, 'class', wide ? 'client' : 'client narrow');
    }

    #drawRibbons(shown) {
        const ribbons = shown.flatMap((service) => [
            { id: service.id, state: service.state, value: service.value, ribbon: service.ribbon },
            ...service.servers.map((server) => ({
                id: server.id,
                state: server.state,
                value: server.value,
                ribbon: server.ribbon,
            })),
        ]);
        set(this.#ribbons, 'data-many', ribbons.length > 50);
        keyed(this.#ribbons, ribbons, (ribbon) => ribbon.id, ribbonNode, updateRibbon);
    }
}

const restOf = (left) => ({
    id: 'rest',
    name: plural(left.services, 'more service'),
    state: 'rest',
    value: left.value,
    sub: 'in the list below',
    href: '#/services',
    servers: [],
});

function clientNode() {
    const box = s('rect', { class: 'node' });
    const title = s('text', { class: 'client-title' }, 'Clients');
    const value = s('text', { class: 'value' });
    return { element: s('g', { class: 'client' }, box, title, value), box, title, value };
}

const ribbonNode = () => s('g', {}, s('path', { class: 'ribbon' }), s('path', { class: 'motion' }));

function updateRibbon(node, { state, value, ribbon }) {
    attributes(node, { 'data-state': state, 'data-flows': value > 0 });
    set(node.firstChild, 'd', outline(ribbon));
    attributes(node.lastChild, {
        d: middleLine(ribbon),
        'stroke-width': Math.max(1, Math.min(2.2, ribbon.width / 3)).toFixed(1),
    });
}

function serviceNode() {
    return s(
        'a',
        { class: 'service' },
        s('title'),
        s('rect', { class: 'node', rx: 8 }),
        s('g', { class: 'mark' }, glyphPath()),
        s('text', { class: 'name' }),
        s('text', { class: 'sub' }),
        s('text', { class: 'value', 'text-anchor': 'end' }),
    );
}

function updateService(node, service, { wide }) {
    const { box } = service;
    const [title, rect, mark, name, sub, value] = node.children;
    attributes(node, { href: service.href, 'data-state': service.state });
    text(
        title,
        `${service.name}, ${service.sub}, ${stateWords(service.state)}, ${measured[service.measure](service.value)}`,
    );
    attributes(rect, box);
    const middle = box.y + box.height / 2;
    set(mark, 'transform', `translate(${box.x + (wide ? 12 : 8)} ${middle - (wide ? 14 : -3)})`);
    show(mark.firstChild, service.state);
    attributes(name, { x: box.x + (wide ? 30 : 8), y: middle - 4 });
    text(name, shortened(service.name, Math.floor((box.width - (wide ? 38 : 10)) / (wide ? 7.3 : 6.5))));
    attributes(sub, { x: box.x + (wide ? 30 : 24), y: middle + 13 });
    text(sub, wide ? service.sub : service.sub.split(' · ').at(-1));
    attributes(value, { x: box.x + box.width - (wide ? 12 : 8), y: middle + 13 });
    text(value, measured[service.measure](service.value));
}

function serverNode() {
    return s(
        'g',
        { class: 'server' },
        s('title'),
        s('rect', { class: 'node', rx: 6 }),
        s('g', { class: 'mark' }, glyphPath()),
        s('text', { class: 'name' }),
        s('text', { class: 'sub' }),
        s('g', { class: 'spark' }, s('path', { class: 'spark-ground' }), s('path', { class: 'spark-line' })),
        s('text', { class: 'value', 'text-anchor': 'end' }),
    );
}

function updateServer(node, server, { wide }) {
    const { box } = server;
    const [title, rect, mark, name, sub, sparkline, value] = node.children;
    const middle = box.y + box.height / 2;
    const room = wide && server.history && box.width >= 400;
    const subAt = box.width * (room ? 0.4 : 0.47);
    const troubled = server.state !== 'up' && server.state !== 'rest';
    set(node, 'data-state', server.state);
    text(title, `${server.name} · ${server.sub} · ${stateWords(server.state)}`);
    attributes(rect, box);
    set(mark, 'transform', `translate(${box.x + (wide ? 9 : 7)} ${(wide ? middle : middle + 8) - 6})`);
    show(mark.firstChild, server.state);
    attributes(name, { x: box.x + (wide ? 27 : 8), y: wide ? middle + 4.5 : middle - 3.5 });
    text(name, shortened(server.name, Math.floor(wide ? (subAt - 30) / 6.9 : (box.width - 10) / 6.9)));
    attributes(sub, { x: wide ? box.x + subAt : box.x + 23, y: wide ? middle + 4 : middle + 12 });
    text(
        sub,
        troubled ? (wide ? stateWords(server.state) : server.state) : wide ? server.sub : server.sub.replace('weight ', 'w'),
    );
    attributes(value, { x: box.x + box.width - (wide ? 12 : 8), y: wide ? middle + 4.5 : middle + 12 });
    text(value, measured[server.measure](server.value));
    set(sparkline, 'transform', `translate(${box.x + box.width - 140} ${middle - 9})`);
    const [ground, line] = room ? paths(server.history, 54, 18) : ['', ''];
    set(sparkline.firstChild, 'd', ground);
    set(sparkline.lastChild, 'd', line);
}
