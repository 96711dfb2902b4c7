// The event bus of the engine over one WebSocket, in the frames of Vert.x's bridge: register, send, ping; rec, err.

const PING_MS = 4000;
const SILENCE_MS = 10000;
const REPLY_MS = 30000;
const DELAYS_MS = [300, 700, 1500, 3000, 5000];

const utf8 = new TextDecoder();

/** Vert.x's bridge sends its JSON as binary frames. */
const textOf = (data) => (typeof data === 'string' ? data : utf8.decode(data));

/** What the engine answered instead of a reply. The message is for people. */
export class Refused extends Error {
    constructor(frame) {
        super(String(frame.message || frame.body || 'refused').replace(/^[A-Z_]+: /, ''));
        this.code = frame.failureCode;
    }
}

/** Tells "open" and "closed" ({detail: {retryAt}}) as events; connects again by itself. */
export class Bus extends EventTarget {
    #url;
    #socket = null;
    #handlers = new Map();
    #asked = new Map();
    #waiting = [];
    #next = 1;
    #tries = 0;
    #heard = 0;

    constructor(url) {
        super();
        this.#url = url;
        setInterval(() => this.#watch(), PING_MS);
    }

    connect() {
        const socket = new WebSocket(this.#url);
        this.#socket = socket;
        socket.binaryType = 'arraybuffer';
        socket.onopen = () => this.#opened();
        socket.onmessage = (message) => this.#received(JSON.parse(textOf(message.data)));
        socket.onclose = () => this.#closed();
    }

    /** Calls handler(body) with everything published at an address, across reconnects. Returns what ends that. */
    subscribe(address, handler) {
        const handlers = this.#handlers.get(address) || new Set();
        handlers.add(handler);
        this.#handlers.set(address, handlers);
        if (handlers.size === 1) this.#send({ type: 'register', address, headers: {} });
        return () => {
            handlers.delete(handler);
            if (handlers.size === 0 && this.#handlers.delete(address))
                this.#send({ type: 'unregister', address, headers: {} });
        };
    }

    /** The reply to a request, sent once there is a connection; fails with Refused or when the engine does not answer. */
    request(address, body) {
        return new Promise((resolve, reject) => {
            const replyAddress = 'console-' + this.#next++;
            const timer = setTimeout(() => this.#fail(replyAddress, new Error('the engine did not answer')), REPLY_MS);
            this.#asked.set(replyAddress, { resolve, reject, timer });
            const frame = { type: 'send', address, body, headers: {}, replyAddress };
            if (!this.#send(frame)) this.#waiting.push(frame);
        });
    }

    #send(frame) {
        const open = this.#socket?.readyState === WebSocket.OPEN;
        if (open) this.#socket.send(JSON.stringify(frame));
        return open;
    }

    #opened() {
        this.#tries = 0;
        this.#heard = Date.now();
        for (const address of this.#handlers.keys()) this.#send({ type: 'register', address, headers: {} });
        for (const frame of this.#waiting.splice(0)) if (this.#asked.has(frame.replyAddress)) this.#send(frame);
        this.dispatchEvent(new CustomEvent('open'));
    }

    #received(frame) {
        this.#heard = Date.now();
        const asked = this.#asked.get(frame.address);
        if (asked) {
            clearTimeout(asked.timer);
            this.#asked.delete(frame.address);
            if (frame.type === 'err') asked.reject(new Refused(frame));
            else asked.resolve(frame.body);
        } else if (frame.type === 'rec') {
            this.#handlers.get(frame.address)?.forEach((handler) => handler(frame.body));
        }
    }

    #fail(replyAddress, error) {
        const asked = this.#asked.get(replyAddress);
        if (!asked) return;
        clearTimeout(asked.timer);
        this.#asked.delete(replyAddress);
        asked.reject(error);
    }

    #closed() {
        this.#waiting = [];
        for (const replyAddress of [...this.#asked.keys()])
            this.#fail(replyAddress, new Error('the connection to the engine broke'));
        const delay = DELAYS_MS[Math.min(this.#tries++, DELAYS_MS.length - 1)];
        this.dispatchEvent(new CustomEvent('closed', { detail: { retryAt: Date.now() + delay } }));
        setTimeout(() => this.connect(), delay);
    }

    /** An engine that is stopped keeps its sockets open, and says nothing. */
    #watch() {
        if (!this.#send({ type: 'ping' })) return;
        if (Date.now() - this.#heard > SILENCE_MS) {
            this.#socket.onclose = null;
            this.#socket.close();
            this.#closed();
        }
    }
}
