// Every change of the page: a dialog with its preview, then the command. Nothing is sent without both.

import { ChangeDialog } from './dialog.js';
import { h, set } from './dom.js';
import { endpoint, plural } from './format.js';
import { serverFields, serverOf, serviceFields, serviceOf } from './forms.js';
import { hashOf, onlyKey } from './keys.js';

const READ_ONLY = 'This console only reads: http.console is "read" in the configuration of the engine';
const KEPT_OF_SERVER = ['address', 'port', 'mode', 'weight', 'upperThreshold', 'lowerThreshold', 'tunnel'];
const KEPT_OF_SERVICE = [
    'protocol',
    'address',
    'port',
    'fwmark',
    'family',
    'scheduler',
    'flags',
    'onePacket',
    'proxyProtocol',
    'persistence',
];

export class Changes {
    #bus;
    #told;
    #buttons = new Set();
    #readOnly = false;
    #connected = false;

    constructor(bus, told) {
        this.#bus = bus;
        this.#told = told;
        bus.addEventListener('open', () => this.#allow({ connected: true }));
        bus.addEventListener('closed', () => this.#allow({ connected: false }));
    }

    /** Whether changes are refused here. */
    set readOnly(value) {
        if (value !== this.#readOnly) this.#allow({ readOnly: value });
    }

    /** A button that changes something: disabled with its reason while that can't be. */
    button(label, work, css = '') {
        const button = h('button', { type: 'button', class: css, onclick: work }, label);
        this.#buttons.add(new WeakRef(button));
        this.#mark(button);
        return button;
    }

    async addService() {
        this.#open({
            title: 'Add a service',
            action: 'Add service',
            fields: serviceFields(await this.#offers('schedulers')),
            command: (values) => ({ address: 'jlvs.service.add', payload: serviceOf(values) }),
            done: ({ payload }) => {
                this.#told.done(`Service ${endpoint(payload)} added. Now add its real servers.`);
                location.hash = hashOf(payload);
            },
        });
    }

    async editService(key) {
        const service = pick(await this.#service(key), KEPT_OF_SERVICE);
        this.#open({
            title: `Change ${nameOf(key)}`,
            action: 'Change service',
            fields: serviceFields(await this.#offers('schedulers'), service),
            command: (values) => ({ address: 'jlvs.service.edit', payload: serviceOf(values, service) }),
            done: () => this.#told.done(`Service ${nameOf(key)} changed.`),
        });
    }

    async removeService(key) {
        const { servers } = await this.#service(key);
        this.#open({
            title: `Remove ${nameOf(key)}`,
            action: 'Remove service',
            danger: true,
            fields: [],
            intro: `The service goes, and its ${plural(servers.length, 'real server')} with it.`,
            command: () => ({ address: 'jlvs.service.delete', payload: onlyKey(key) }),
            done: () => {
                this.#told.done(`Service ${nameOf(key)} removed.`);
                location.hash = '#/';
            },
        });
    }

    async addServer(key) {
        const { servers } = await this.#service(key);
        this.#open({
            title: `Add a real server to ${nameOf(key)}`,
            action: 'Add server',
            fields: serverFields(await this.#offers('modes'), { port: key.port ?? 0, mode: servers[0]?.mode }),
            command: (values) => ({
                address: 'jlvs.server.add',
                payload: { service: onlyKey(key), server: serverOf(values) },
            }),
            done: ({ payload }) => this.#told.done(`Server ${endpoint(payload.server)} added.`),
        });
    }

    /** Asks for the weight of a server; 0 quiesces it. */
    async weigh(key, name) {
        const server = await this.#server(key, name);
        this.#open({
            title: `Weight of ${name}`,
            action: 'Set weight',
            intro: 'Its share of new connections beside the other servers. 0 quiesces it: connections stay, no new client comes.',
            fields: [
                {
                    name: 'weight',
                    label: 'Weight',
                    type: 'number',
                    min: 0,
                    max: 2147483647,
                    value: server.weight,
                    required: true,
                },
            ],
            command: ({ weight }) => this.#serverEdit(key, server, Number(weight)),
            done: ({ payload }) => this.#told.done(`Weight of ${name} is ${payload.server.weight}.`),
        });
    }

    async quiesce(key, name) {
        const server = await this.#server(key, name);
        this.#open({
            title: `Quiesce ${name}`,
            action: 'Quiesce',
            fields: [],
            intro: `Its weight goes from ${server.weight} to 0: its connections stay, no new client comes to it.`,
            command: () => this.#serverEdit(key, server, 0),
            done: () => this.#told.done(`${name} is quiesced.`),
        });
    }

    async removeServer(key, name) {
        const server = await this.#server(key, name);
        this.#open({
            title: `Remove ${name}`,
            action: 'Remove server',
            danger: true,
            fields: [],
            intro: `The server leaves ${nameOf(key)}. To let its connections end by themselves first, quiesce it instead.`,
            command: () => ({
                address: 'jlvs.server.delete',
                payload: { service: onlyKey(key), server: { address: server.address, port: server.port } },
            }),
            done: () => this.#told.done(`Server ${name} removed.`),
        });
    }

    #open(change) {
        new ChangeDialog(this.#bus, change).open();
    }

    #serverEdit(key, server, weight) {
        return { address: 'jlvs.server.edit', payload: { service: onlyKey(key), server: { ...server, weight } } };
    }

    async #service(key) {
        return (await this.#asked('jlvs.service.list', onlyKey(key))).services[0];
    }

    async #server(key, name) {
        const { servers } = await this.#service(key);
        const server = servers.find((each) => endpoint(each) === name);
        if (!server) this.#told.done(`Server ${name} is not there any more.`);
        return pick(server, KEPT_OF_SERVER);
    }

    /** The names of what the plugins offer: "schedulers" or "modes". */
    async #offers(kind) {
        return (await this.#asked('jlvs.plugin.list', {}))[kind];
    }

    async #asked(address, body) {
        try {
            return await this.#bus.request(address, body);
        } catch (e) {
            this.#told.done(`That could not be begun: ${e.message}`);
            throw e;
        }
    }

    #allow({ readOnly = this.#readOnly, connected = this.#connected }) {
        this.#readOnly = readOnly;
        this.#connected = connected;
        for (const reference of this.#buttons) {
            const button = reference.deref();
            if (button) this.#mark(button);
            else this.#buttons.delete(reference);
        }
    }

    #mark(button) {
        set(button, 'disabled', this.#readOnly || !this.#connected);
        set(button, 'title', this.#readOnly ? READ_ONLY : this.#connected ? null : 'No connection to the engine');
    }
}

const nameOf = (key) => (key.fwmark === undefined ? endpoint(key) : `fwmark ${key.fwmark}`);

const pick = (from, names) =>
    Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));
