// The command line that makes the same change, for who wants to script it.

import { endpoint } from './format.js';

const MODES = { nat: ['-m'], dr: ['-g'], tun: ['-i'] };
const PROTOCOLS = { tcp: '-t', udp: '-u', sctp: '--sctp-service' };

const LINES = {
    'jlvs.service.add': (p) => ['-A', ...service(p), ...settings(p)],
    'jlvs.service.edit': (p) => ['-E', ...service(p), ...settings(p)],
    'jlvs.service.delete': (p) => ['-D', ...service(p)],
    'jlvs.server.add': (p) => ['-a', ...service(p.service), ...server(p.server)],
    'jlvs.server.edit': (p) => ['-e', ...service(p.service), ...server(p.server)],
    'jlvs.server.delete': (p) => ['-d', ...service(p.service), '-r', endpoint(p.server)],
};

/** The line for a command of the bus. */
export const ipvsadmLine = (address, payload) => ['ipvsadm', ...LINES[address](payload)].join(' ');

function service(key) {
    if (key.fwmark !== undefined) return ['-f', key.fwmark, ...(key.family === 'ipv6' ? ['-6'] : [])];
    return [PROTOCOLS[key.protocol], endpoint(key)];
}

function settings({ scheduler, flags = [], persistence, onePacket }) {
    return [
        '-s',
        scheduler,
        ...(flags.length ? ['-b', flags.join(',')] : []),
        ...persistent(persistence),
        ...(onePacket ? ['-o'] : []),
    ];
}

function persistent(persistence) {
    if (!persistence) return [];
    const mask =
        persistence.netmask && persistence.netmask !== '255.255.255.255'
            ? ['-M', persistence.netmask]
            : persistence.prefix && persistence.prefix !== 128
              ? ['-M', persistence.prefix]
              : [];
    return ['-p', persistence.timeoutSeconds ?? 360, ...mask, ...(persistence.engine ? ['--pe', persistence.engine] : [])];
}

function server({ mode, weight, upperThreshold = 0, lowerThreshold = 0, tunnel, ...end }) {
    return [
        '-r',
        endpoint(end),
        ...(MODES[mode] ?? ['--mode', mode]),
        '-w',
        weight,
        ...(upperThreshold ? ['-x', upperThreshold] : []),
        ...(lowerThreshold ? ['-y', lowerThreshold] : []),
        ...(mode === 'tun' && tunnel && tunnel.type !== 'ipip'
            ? ['--tun-type', tunnel.type, ...(tunnel.type === 'gue' ? ['--tun-port', tunnel.port] : [])]
            : []),
    ];
}
