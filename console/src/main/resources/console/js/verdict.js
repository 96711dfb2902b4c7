// The answer of the first five seconds: does traffic flow, where to, and what is wrong. Pure functions.

import { percent, plural, rate } from './format.js';
import { hashOf } from './keys.js';

const NEARLY_FULL = 0.8;

/** Whether a real server takes new clients. */
export const usable = (server) => server.state === 'up';

/** How a service is: "down" without a usable server, "partly" when one has trouble, else "up". */
export function stateOf(service) {
    if (!service.up || (service.servers.length > 0 && !service.servers.some((server) => usable(server)))) return 'down';
    if (service.servers.length === 0) return 'empty';
    return service.servers.some((server) => server.state === 'failing' || server.state === 'overloaded') ? 'partly' : 'up';
}

/** What is wrong, the worst first: [{level: "bad" | "warn", text, href}]. */
export function problems(live) {
    const found = [];
    const bad = (text, href) => found.push({ level: 'bad', text, href });
    const warn = (text, href) => found.push({ level: 'warn', text, href });
    const told = new Set();
    for (const service of live.services) {
        const href = hashOf(service.key);
        const state = stateOf(service);
        if (state === 'down') {
            told.add(service.name);
            bad(`${service.name} ${service.up ? 'has no server that takes clients' : 'is down'}`, href);
        } else if (state === 'empty') warn(`${service.name} has no real server yet`, href);
        else ofServers(service, href, bad, warn);
        if (service.refusedPerSecond > 0) bad(`${service.name} refuses ${rate(service.refusedPerSecond)}/s`, href);
    }
    for (const name of live.director.down) if (!told.has(String(name))) bad(`${name} is not taken by the data path`);
    for (const resource of live.director.overloaded) bad(`the director is short of ${resource}`);
    if (live.refusedPerSecond > 0 && !found.some((problem) => problem.text.includes(' refuses ')))
        bad(`${rate(live.refusedPerSecond)} connections/s are refused`);
    if (live.droppedPerSecond > 0) warn(`${rate(live.droppedPerSecond)} packets/s are dropped`);
    const fill = live.director.tableCapacity ? live.director.tableEntries / live.director.tableCapacity : 0;
    if (fill > NEARLY_FULL) warn(`the connection table is ${percent(fill)} full`);
    return found.sort((a, b) => (a.level === b.level ? 0 : a.level === 'bad' ? -1 : 1));
}

function ofServers(service, href, bad, warn) {
    for (const server of service.servers) {
        if (server.state === 'failing') bad(`${server.name} of ${service.name} does not answer`, href);
        if (server.state === 'overloaded') warn(`${server.name} of ${service.name} has reached its threshold`, href);
    }
}

/** {level: "ok" | "idle" | "warn" | "bad", title, detail}: the sentence at the top. */
export function verdict(live, found) {
    if (live.director.services === 0)
        return {
            level: found[0]?.level || 'idle',
            title: 'Nothing to balance yet',
            detail: 'The engine runs and waits for its first service.',
        };
    const flows = live.rates.connections > 0 || live.rates.inPackets > 0;
    const worst = found[0]?.level;
    const servers = live.services.flatMap((service) => service.servers);
    const taking = servers.filter((server) => server.rates.connections > 0 || server.rates.inPackets > 0).length;
    const title = flows ? 'Traffic flows' : live.active > 0 ? 'Connections are open, and silent' : 'No traffic';
    const where = flows
        ? `${rate(live.rates.connections)} connections/s over ${plural(live.director.services, 'service')} to ${taking} of ${plural(live.director.servers, 'real server')}`
        : `${plural(live.director.services, 'service')}, ${plural(live.director.servers, 'real server')}`;
    return {
        level: worst || (flows ? 'ok' : 'idle'),
        title: worst === 'bad' ? `${title}, with trouble` : title,
        detail: live.more > 0 && flows ? where.replace(/ to .*/, '') : where,
    };
}
