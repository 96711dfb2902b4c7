// Where everything of the flow picture is, in pixels. Pure: no element is touched here.

const WIDE = 640;
const ROW = { wide: 30, narrow: 34 };
const GAP = 5;
const BLOCK_GAP = 14;
const MIN_RIBBON = 1.5;

/** How wide the columns are: clients, services, servers, and the space between. */
function columns(width) {
    const wide = width >= WIDE;
    const client = wide ? 108 : 10;
    const service = wide ? Math.min(220, Math.round(width * 0.23)) : Math.round(width * 0.37);
    const server = wide ? Math.min(420, Math.round(width * 0.42)) : Math.round(width * 0.385);
    const space = (width - client - service - server) / 2;
    return { wide, client, service, server, space, serviceX: client + space, serverX: width - server };
}

/**
 * Lays out services = [{id, value, servers: [{id, value}]}], values in one unit, for a width.
 * The result has the same order: {height, client: {x, y, width, height}, services: [{box, servers: [{box}], ribbon}], ...},
 * each ribbon {x0, y0, x1, y1, width}, where y is its upper edge and width is in proportion to the value.
 */
export function layout(services, width) {
    const cols = columns(width);
    const row = cols.wide ? ROW.wide : ROW.narrow;
    const total = services.reduce((sum, service) => sum + service.value, 0);
    const rows = services.reduce((sum, service) => sum + Math.max(1.6, service.servers.length), 0);
    const budget = Math.min(240, Math.max(36, rows * row * 0.55));
    const thick = (value) => (value > 0 ? Math.max(MIN_RIBBON, (value / total) * budget) : 1);
    const top = cols.wide ? 4 : 26;

    let y = top;
    const blocks = services.map((service) => {
        const block = blockOf(service, y, row, cols, thick);
        y += block.height + BLOCK_GAP;
        return block;
    });
    const height = Math.max(y - BLOCK_GAP, top + 64) + 4;
    const inflow = blocks.reduce((sum, block) => sum + block.width, 0);
    const client = { x: 0, width: cols.client, height: Math.max(cols.wide ? 64 : 40, inflow + 12) };
    client.y = (height - client.height) / 2;
    let from = client.y + (client.height - inflow) / 2;
    for (const block of blocks) {
        block.ribbon = {
            x0: client.width,
            y0: from,
            x1: block.box.x,
            y1: block.box.y + (block.box.height - block.width) / 2,
            width: block.width,
        };
        from += block.width;
    }
    return { ...cols, row, height, client, services: blocks };
}

function blockOf(service, y, row, cols, thick) {
    let below = y;
    const servers = service.servers.map((server) => {
        const width = thick(server.value);
        const box = { x: cols.serverX, y: below, width: cols.server, height: Math.max(row, width + 8) };
        below += box.height + GAP;
        return { box, width };
    });
    const out = servers.reduce((sum, server) => sum + server.width, 0);
    const width = Math.max(thick(service.value), out);
    const card = Math.max(46, width + 10);
    const height = Math.max(card, below - GAP - y);
    const shift = Math.max(0, (height - (below - GAP - y)) / 2);
    const box = { x: cols.serviceX, y: y + (height - card) / 2, width: cols.service, height: card };
    let from = box.y + (card - out) / 2;
    for (const server of servers) {
        server.box.y += shift;
        server.ribbon = {
            x0: box.x + box.width,
            y0: from,
            x1: server.box.x,
            y1: server.box.y + (server.box.height - server.width) / 2,
            width: server.width,
        };
        from += server.width;
    }
    return { box, height, servers, width };
}

/** The outline of a ribbon as a path. */
export function outline({ x0, y0, x1, y1, width }) {
    const middle = (x0 + x1) / 2;
    const p = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;
    return `M${p(x0, y0)}C${p(middle, y0)} ${p(middle, y1)} ${p(x1, y1)}L${p(x1, y1 + width)}C${p(middle, y1 + width)} ${p(middle, y0 + width)} ${p(x0, y0 + width)}Z`;
}

/** Its middle line as a path, for what moves along it. */
export function middleLine({ x0, y0, x1, y1, width }) {
    const middle = (x0 + x1) / 2;
    return `M${x0.toFixed(1)} ${(y0 + width / 2).toFixed(1)}C${middle.toFixed(1)} ${(y0 + width / 2).toFixed(1)} ${middle.toFixed(1)} ${(y1 + width / 2).toFixed(1)} ${x1.toFixed(1)} ${(y1 + width / 2).toFixed(1)}`;
}
