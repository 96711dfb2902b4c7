// A service's key as the bus takes it, as a text that is the same for the same service, and as a place of this page.

/** {"protocol":"tcp","address":"10.0.0.1","port":80} is tcp/10.0.0.1:80; {"fwmark":1,"family":"ipv6"} is fwmark/1/ipv6. */
export function idOf(key) {
    if (key.fwmark !== undefined) return `fwmark/${key.fwmark}/${key.family || 'ipv4'}`;
    return `${key.protocol}/${key.address.includes(':') ? `[${key.address}]` : key.address}:${key.port}`;
}

/** The key of such a text, or null. */
export function keyOf(id) {
    const mark = /^fwmark\/(\d+)\/(ipv[46])$/.exec(id);
    if (mark) return { fwmark: Number(mark[1]), family: mark[2] };
    const address = /^(tcp|udp|sctp)\/\[?([0-9a-fA-F:.]+?)\]?:(\d+)$/.exec(id);
    return address ? { protocol: address[1], address: address[2], port: Number(address[3]) } : null;
}

/** Only what is a key of anything that contains one, such as a service with its settings. */
export function onlyKey(from) {
    if (from.fwmark !== undefined) return { fwmark: from.fwmark, family: from.family || 'ipv4' };
    return { protocol: from.protocol, address: from.address, port: from.port };
}

export const hashOf = (key) => '#/service/' + idOf(key);

/** The key that location.hash names, or null. */
export function keyOfHash(hash) {
    try {
        return hash.startsWith('#/service/') ? keyOf(decodeURIComponent(hash.slice(10))) : null;
    } catch {
        return null; // a lonely per cent sign
    }
}
