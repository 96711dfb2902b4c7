// The connections of a service, and the question why a client went where it went.

import { h, keyed, set, settled, text } from './dom.js';
import { explain } from './explain.js';
import { count, seconds } from './format.js';
import { onlyKey } from './keys.js';

const LIMIT = 50;
const AGAIN_MS = 2000;

export class Connections {
    #bus;
    #key;
    #client = h('input', {
        type: 'search',
        placeholder: 'Client address',
        'aria-label': 'Client address',
        maxlength: 60,
        spellcheck: 'false',
        oninput: settled(250, () => this.#read()),
    });
    #port = h('input', { type: 'number', min: 1, max: 65535, placeholder: 'Port', 'aria-label': 'Client port, optional' });
    #count = h('span', { class: 'count' });
    #body = h('tbody');
    #note = h('p', { class: 'note', role: 'status' });
    #timer = setInterval(() => document.hidden || this.#read(), AGAIN_MS);
    element;

    #context;

    constructor(context, key) {
        this.#context = context;
        this.#bus = context.bus;
        this.#key = onlyKey(key);
        const ask = h(
            'form',
            { class: 'ask', onsubmit: (event) => this.#asked(event) },
            this.#client,
            this.#port,
            h('button', { type: 'submit' }, 'Why that server?'),
        );
        this.element = h(
            'section',
            { class: 'panel connections', 'aria-labelledby': 'connections-title' },
            h('header', {}, h('h2', { id: 'connections-title' }, 'Connections'), this.#count, ask),
            h(
                'div',
                { class: 'scroll' },
                h(
                    'table',
                    { class: 'connection-table' },
                    h(
                        'thead',
                        {},
                        h(
                            'tr',
                            {},
                            ['Client', 'Real server', 'State', 'Expires in'].map((label, place) =>
                                h('th', { scope: 'col', class: place === 3 ? 'number' : null }, label),
                            ),
                            h('th', { scope: 'col' }, h('span', { class: 'hidden' }, 'Explanation')),
                        ),
                    ),
                    this.#body,
                ),
            ),
            this.#note,
        );
        this.#read();
    }

    close() {
        clearInterval(this.#timer);
    }

    async #read() {
        const client = this.#client.value.trim();
        try {
            const { connections, total } = await this.#bus.request('jlvs.connection.list', {
                service: this.#key,
                limit: LIMIT,
                ...(client ? { client } : {}),
            });
            keyed(
                this.#body,
                connections,
                (each) => `${each.client}|${each.virtual}|${each.template}`,
                (each) => this.#row(each),
                update,
            );
            text(
                this.#count,
                connections.length < total
                    ? `${count(connections.length)} of ${count(total)}`
                    : total > 0
                      ? count(total)
                      : '',
            );
            text(this.#note, connections.length === 0 ? this.#noneOf(client) : '');
        } catch (e) {
            text(this.#note, `Not listed: ${e.message}`);
        }
    }

    #noneOf(client) {
        const why = 'Why a client went to its server can be asked all the same: give its address.';
        if (this.#context.store.live?.director.datapath === 'user')
            return `The user data path counts connections and keeps no list of them. ${why}`;
        return client ? `No connection of this client now. ${why}` : 'No connection now.';
    }

    #row({ client, template }) {
        const why = h(
            'button',
            {
                type: 'button',
                class: 'quiet',
                'aria-label': `Why did ${client} go to its server?`,
                onclick: () => this.#explain(client),
            },
            'Why?',
        );
        return h(
            'tr',
            {},
            h('th', { scope: 'row' }, h('span', {}, client), template ? h('small', {}, 'persistence template') : null),
            h('td'),
            h('td'),
            h('td', { class: 'number' }),
            h('td', { class: 'row-actions' }, why),
        );
    }

    #explain(client) {
        const parts = /^\[?([^\]]+?)\]?(?::(\d+))?$/.exec(
            client.split(':').length > 2 && !client.startsWith('[') ? `[${client}]` : client,
        );
        const port = Number(parts[2]);
        explain(this.#bus, { service: this.#key, client: parts[1], ...(port > 0 ? { port } : {}) });
    }

    #asked(event) {
        event.preventDefault();
        const client = this.#client.value.trim();
        set(this.#client, 'aria-invalid', client === '' ? true : null);
        if (client === '') {
            text(this.#note, 'Which client? Give its address, such as 203.0.113.7.');
            this.#client.focus();
            return;
        }
        explain(this.#bus, { service: this.#key, client, ...(this.#port.value ? { port: Number(this.#port.value) } : {}) });
    }
}

function update(row, { server, state, expiresSeconds }) {
    const [, to, in_, expires] = row.children;
    text(to, server);
    text(in_, state);
    text(expires, seconds(expiresSeconds));
}
