// Logs what happens at the director, and gives real servers whose connections last long less weight.
//
//   node weights.mjs HOST:PORT [TOKEN_FILE [CA_FILE]]
//
// Every PERIOD_MS (5000) it looks how long the connections of each server lasted that have ended since the last look, and
// gives the quickest server weight 100, one that takes twice as long 50, and so on. It keeps off servers of weight 0.

import { readFileSync } from 'node:fs';
import { Bus } from './bus.mjs';

const PERIOD_MS = Number(process.env.PERIOD_MS || 5000);
const FULL = 100;

const [place = '127.0.0.1:7000', tokenFile, caFile] = process.argv.slice(2);
const [host, port] = place.split(/:(?=\d+$)/);

const log = (...words) => console.log(new Date().toISOString(), ...words);

/** What names a service, of all that is told about it. */
const keyOf = ({ protocol, address, port, fwmark, family }) =>
    fwmark ? { fwmark, family } : { protocol, address, port };
const nameOf = (service, server) => JSON.stringify([keyOf(service), server.address, server.port]);

/** How long the connections to each server lasted, in nanoseconds, since the last look. */
let durations = new Map();

function onConnection(event) {
    if (event.missed) log('missed', event.missed, 'events');
    if (event.type !== 'connection.closed') return;
    const name = nameOf(event.service, event.server);
    const before = durations.get(name) || { sum: 0, count: 0 };
    durations.set(name, { sum: before.sum + event.durationNanos, count: before.count + 1 });
}

/** The servers of a service with the weight that each should have; those without connections are left out. */
function weights(service, measured) {
    const means = service.servers
        .map((server) => [server, measured.get(nameOf(service, server))])
        .filter(([server, durations]) => durations && server.weight > 0)
        .map(([server, durations]) => [server, durations.sum / durations.count]);
    const quickest = Math.min(...means.map(([, mean]) => mean));
    return means.map(([server, mean]) => [server, Math.max(1, Math.round((FULL * quickest) / mean))]);
}

async function adjust(bus) {
    const measured = durations;
    durations = new Map();
    const { services } = await bus.request('jlvs.service.list');
    for (const service of services)
        for (const [server, weight] of weights(service, measured))
            if (weight !== server.weight) await edit(bus, service, server, weight);
}

async function edit(bus, service, { traffic, rates, active, inactive, ...server }, weight) {
    await bus.request('jlvs.server.edit', { service: keyOf(service), server: { ...server, weight } });
    log('weight of', `${server.address}:${server.port}`, 'is', weight, 'after', server.weight);
}

const bus = await Bus.connect({
    host,
    port: Number(port),
    token: tokenFile && readFileSync(tokenFile, 'utf8').trim(),
    ca: caFile && readFileSync(caFile),
});
log('connected to', place);
bus.subscribe('jlvs.event.connection', onConnection);
for (const what of ['configuration', 'plugin', 'director'])
    bus.subscribe(`jlvs.event.${what}`, (event) => log(event.director, event.type, JSON.stringify(event)));

const adjusting = setInterval(() => adjust(bus).catch((error) => log('no weights:', error.message)), PERIOD_MS);
process.once('SIGTERM', () => bus.close());
log('ended:', await bus.closed);
clearInterval(adjusting);
