// What the engine told last, and the last five minutes of it. Everything on the page is drawn from here.

import { idOf } from './keys.js';

const KEEP_MS = 300_000;
const GAP_MS = 5000;

/** Values with their times; the oldest go. */
class Series {
    times = [];
    values = [];

    add(at, value) {
        if (at === this.times.at(-1)) return;
        this.times.push(at);
        this.values.push(value);
        if (this.times[0] < at - KEEP_MS) {
            this.times.shift();
            this.values.shift();
        }
    }
}

/** A service's three measures, which the picture and the charts can be drawn by. */
export const MEASURES = {
    connections: (entry) => entry.rates.connections,
    traffic: (entry) => entry.rates.inBytes + entry.rates.outBytes,
    active: (entry) => entry.active,
};

/** Tells "live" after each message of jlvs.live. */
export class Store extends EventTarget {
    /** The last message, or null before the first. */
    live = null;
    #histories = new Map();
    #seen = new Map();

    take(live) {
        const goesOn = this.live !== null && live.time - this.live.time < GAP_MS;
        this.live = live;
        if (goesOn) this.#add(live); // rates are of the time since the last look: the first has none
        this.dispatchEvent(new CustomEvent('live'));
    }

    #add(live) {
        this.#addTotals(live);
        for (const service of live.services) this.#addService(live.time, service);
        this.#forget(live.time);
    }

    /** One service that was asked for, because it is not among those that are told by themselves. */
    takeService(time, service) {
        this.#addService(time, service);
    }

    /** The series of a measure: history('connections'), history('connections', service), the same of its server. */
    history(measure, service, server) {
        return this.#series(`${service ? idOf(service.key) : ''}|${server ? server.name : ''}|${measure}`);
    }

    #series(name) {
        let series = this.#histories.get(name);
        if (!series) this.#histories.set(name, (series = new Series()));
        return series;
    }

    #addTotals(live) {
        const totals = {
            connections: live.rates.connections,
            inBytes: live.rates.inBytes,
            outBytes: live.rates.outBytes,
            active: live.active,
            refused: live.refusedPerSecond,
            dropped: live.droppedPerSecond,
        };
        for (const [name, value] of Object.entries(totals)) this.history(name).add(live.time, value);
    }

    #addService(time, service) {
        this.#seen.set(idOf(service.key), time);
        for (const [name, of] of Object.entries(MEASURES)) {
            this.history(name, service).add(time, of(service));
            for (const server of service.servers) this.history(name, service, server).add(time, of(server));
        }
    }

    #forget(time) {
        for (const [id, seen] of this.#seen) {
            if (seen > time - KEEP_MS) continue;
            this.#seen.delete(id);
            for (const name of this.#histories.keys()) if (name.startsWith(id + '|')) this.#histories.delete(name);
        }
    }
}
