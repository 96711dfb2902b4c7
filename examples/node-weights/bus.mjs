// A client of JLVS's event bus over TCP: four bytes with the length (big endian), then so many bytes of JSON.
// Node.js 18 and later, nothing else.

import { connect as overTcp } from 'node:net';
import { connect as overTls } from 'node:tls';

const PING_MS = 5000;
const REPLY_MS = 30000;
const LENGTH_BYTES = 4;

/** What JLVS refused: err.code is the number of the error code, err.message begins with its name. */
export class Refused extends Error {
    constructor(frame) {
        super(frame.message);
        this.code = frame.failureCode;
    }
}

export class Bus {
    #socket;
    #headers;
    #handlers = new Map();
    #asked = new Map();
    #next = 1;
    #unread = Buffer.alloc(0);
    #pinging;

    /** Fulfilled with the reason when the connection has ended. */
    closed;

    /**
     * options: {host, port, token, ca}. A token logs in; ca is the certificate (PEM) that signed the director's, and
     * with it everything is encrypted.
     */
    static connect(options) {
        return new Promise((resolve, reject) => {
            const socket = options.ca ? overTls(options) : overTcp(options);
            socket.once(options.ca ? 'secureConnect' : 'connect', () => resolve(new Bus(socket, options.token)));
            socket.once('error', reject);
        });
    }

    constructor(socket, token) {
        this.#socket = socket;
        this.#headers = token ? { token } : {};
        let reason = 'the director closed the connection';
        this.closed = new Promise((resolve) => socket.once('close', () => resolve(reason)));
        socket.on('data', (data) => this.#read(data));
        socket.on('error', (error) => (reason = error.message));
        socket.once('close', () => this.#end(reason));
        this.#send({ type: 'ping', headers: this.#headers });
        this.#pinging = setInterval(() => this.#send({ type: 'ping' }), PING_MS);
    }

    /** Calls handler(event) with all that is published at an address. */
    subscribe(address, handler) {
        this.#handlers.set(address, handler);
        this.#send({ type: 'register', address });
    }

    /** The reply to a request. */
    request(address, body = {}) {
        return new Promise((resolve, reject) => {
            const replyAddress = `reply-${this.#next++}`;
            const timer = setTimeout(() => this.#settle({ address: replyAddress, message: 'no answer' }), REPLY_MS);
            this.#asked.set(replyAddress, { resolve, reject, timer });
            this.#send({ type: 'send', address, body, replyAddress });
        });
    }

    close() {
        this.#socket.end();
    }

    #send(frame) {
        const json = Buffer.from(JSON.stringify(frame));
        const length = Buffer.alloc(LENGTH_BYTES);
        length.writeUInt32BE(json.length);
        this.#socket.write(Buffer.concat([length, json]));
    }

    #read(data) {
        this.#unread = Buffer.concat([this.#unread, data]);
        while (this.#unread.length >= LENGTH_BYTES) {
            const end = LENGTH_BYTES + this.#unread.readUInt32BE(0);
            if (this.#unread.length < end) return;
            const frame = JSON.parse(this.#unread.toString('utf8', LENGTH_BYTES, end));
            this.#unread = this.#unread.subarray(end);
            this.#take(frame);
        }
    }

    #take(frame) {
        if (this.#asked.has(frame.address)) this.#settle(frame);
        else if (frame.type === 'message') this.#handlers.get(frame.address)?.(frame.body);
        else if (frame.type === 'err') this.#socket.destroy(new Error(frame.message));
    }

    #settle(frame) {
        const asked = this.#asked.get(frame.address);
        if (!asked) return;
        this.#asked.delete(frame.address);
        clearTimeout(asked.timer);
        if (frame.type === 'message') asked.resolve(frame.body);
        else asked.reject(new Refused(frame));
    }

    #end(reason) {
        clearInterval(this.#pinging);
        for (const address of [...this.#asked.keys()]) this.#settle({ address, message: reason });
    }
}
