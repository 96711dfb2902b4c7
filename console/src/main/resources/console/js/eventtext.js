// An event of the bus as one line for people. Pure functions.

import { bytes, endpoint, nanos } from './format.js';
import { idOf } from './keys.js';

const REASONS = {
    'no-service': 'no such service',
    'no-server': 'no server takes clients',
    'scheduler-refused': 'the scheduler refused',
    unreachable: 'no server could be reached',
    'no-scheduler': 'its scheduler is not there',
    overload: 'the director is overloaded',
};
const CAUSES = {
    finished: '',
    'client-reset': ', reset by the client',
    'server-reset': ', reset by the server',
    idle: ', idle too long',
    shutdown: ', the director stopped',
};
const HOW = { scheduler: '', persistence: ' by persistence', fallback: ' as a fallback' };

const CHANGES = {
    'jlvs.service.add': (p) => `service ${nameOf(p)} added, scheduler ${p.scheduler}`,
    'jlvs.service.edit': (p) => `service ${nameOf(p)} changed, scheduler ${p.scheduler}`,
    'jlvs.service.delete': (p) => `service ${nameOf(p)} removed`,
    'jlvs.service.zero': (p) => `counters of ${Object.keys(p).length ? nameOf(p) : 'all services'} zeroed`,
    'jlvs.service.clear': () => 'all services removed',
    'jlvs.server.add': (p) => `server ${endpoint(p.server)} added to ${nameOf(p.service)}, weight ${p.server.weight}`,
    'jlvs.server.edit': (p) =>
        p.server.weight === 0
            ? `server ${endpoint(p.server)} of ${nameOf(p.service)} quiesced`
            : `server ${endpoint(p.server)} of ${nameOf(p.service)} has weight ${p.server.weight}`,
    'jlvs.server.delete': (p) => `server ${endpoint(p.server)} removed from ${nameOf(p.service)}`,
};

const DESCRIPTIONS = {
    'connection.requested': (e) => ({
        text: `${endpoint(e.flow.client)} could not reach ${e.unreachable.map(endpoint).join(', ')}`,
        level: 'warn',
    }),
    'connection.scheduled': (e) => ({
        text: `${endpoint(e.flow.client)} → ${endpoint(e.server)}${HOW[e.how] ?? ''}, ${e.scheduler}${e.pickNanos > 0 ? `, ${nanos(e.pickNanos)}` : ''}`,
    }),
    'connection.opened': (e) => ({
        text: `${endpoint(e.flow.client)} ↔ ${endpoint(e.server)}${e.connectNanos > 0 ? ` after ${nanos(e.connectNanos)}` : ''}`,
    }),
    'connection.closed': (e) => ({
        text: `${endpoint(e.flow.client)} ↔ ${endpoint(e.server)}, ${bytes(e.inBytes)} in, ${bytes(e.outBytes)} out, ${nanos(e.durationNanos)}${CAUSES[e.cause] ?? ''}`,
    }),
    'connection.refused': (e) => ({
        text: `${endpoint(e.flow.client)}: ${REASONS[e.reason] ?? e.reason}`,
        level: 'bad',
        kind: 'refused',
    }),
    'configuration.changed': (e) => ({
        text: `${(CHANGES[e.change.command] ?? (() => e.change.command))(e.change.payload)} (configuration ${e.version}${e.by ? ` by ${e.by}` : ''})`,
        level: 'info',
    }),
    'plugin.loaded': (e) => ({
        text: `${e.plugin} ${e.version} ${e.replaced ? 'replaced' : 'loaded'}: ${e.offers.join(', ')}`,
        level: 'info',
    }),
    'plugin.removed': (e) => ({ text: `${e.plugin} removed`, level: 'info' }),
    'plugin.rejected': (e) => ({ text: `${e.jar} rejected: ${e.reason}`, level: 'bad' }),
    'plugin.kept': (e) => ({
        text: `${e.plugin} is gone from the folder and kept: ${e.usedBy.join(', ')} use it`,
        level: 'warn',
    }),
    'plugin.failed': (e) => ({ text: `${e.extension} of ${e.jar} failed: ${e.error}`, level: 'bad' }),
    'director.started': (e) => ({ text: `JLVS ${e.version} started, data path ${e.dataPath}`, level: 'info' }),
    'director.overloaded': (e) => ({ text: `short of ${e.resource}: ${e.detail}`, level: 'bad' }),
    'director.recovered': (e) => ({ text: `${e.resource} is enough again`, level: 'info' }),
    'director.state-set-aside': (e) => ({ text: `state set aside as ${e.file}: ${e.reason}`, level: 'bad' }),
    'director.service-down': (e) => ({ text: `service ${e.service} is down: ${e.reason}`, level: 'bad' }),
    'director.service-up': (e) => ({ text: `service ${e.service} is up again`, level: 'info' }),
    'director.sibling-silent': (e) => ({ text: `the sibling that picks for ${e.service} is silent: ${e.reason}`, level: 'warn' }),
    'director.sibling-back': (e) => ({ text: `the sibling that picks for ${e.service} answers again`, level: 'info' }),
};

function nameOf(key) {
    return key.fwmark === undefined ? endpoint(key) : `fwmark ${key.fwmark}`;
}

/** The key of the service that an event is about, if any. */
function serviceOf({ service, change }) {
    return [service, change?.payload.service, change?.payload].find((key) => key?.address || key?.fwmark !== undefined);
}

/**
 * {kind: connection | refused | configuration | plugin | director, step, level, text, at, service: id | "", server}, or null
 * for an event that says nothing new: a request that is scheduled at once.
 */
export function described(event) {
    if (event.type === 'connection.requested' && event.unreachable.length === 0) return null;
    const [kind, step] = event.type.split('.');
    const described = DESCRIPTIONS[event.type]?.(event) ?? { text: JSON.stringify(event) };
    const about = serviceOf(event);
    const server = event.server ?? event.change?.payload.server;
    return {
        kind,
        step,
        level: '',
        at: event.at,
        service: about ? idOf(about) : '',
        name: about ? nameOf(about) : '',
        server: server ? endpoint(server) : '',
        ...described,
    };
}
