// Start-up: the bus, the store, the parts of the page, and which of them is shown.

import { Told } from './announce.js';
import { Bus } from './bus.js';
import { Changes } from './changes.js';
import { set, text } from './dom.js';
import { Events } from './events.js';
import { clock, seconds } from './format.js';
import { idOf, keyOfHash } from './keys.js';
import { Overview } from './overview.js';
import { ServicePage } from './servicepage.js';
import { Store } from './store.js';

const byId = (id) => document.getElementById(id);
const main = byId('main');
const stream = new URL('eventbus/websocket', location.href);
stream.protocol = stream.protocol.replace('http', 'ws');
stream.hash = '';

const bus = new Bus(stream);
const store = new Store();
const told = new Told();
const changes = new Changes(bus, told);
const context = { bus, store, told, changes };
const events = new Events(bus);
const overview = new Overview(context);
let shown = null;

bus.subscribe('jlvs.live', (live) => store.take(live));
store.addEventListener('live', () => {
    const { director, services } = store.live;
    text(byId('director'), `${director.version} · ${director.datapath} · up ${seconds(director.uptimeSeconds)}`);
    changes.readOnly = director.console === 'read';
    set(byId('readonly'), 'hidden', director.console !== 'read');
    events.offer(services);
    if (!document.hidden) shown.draw();
});
document.addEventListener('visibilitychange', () => !document.hidden && store.live && shown.draw());

bus.addEventListener('open', () => {
    link('live', 'live');
    set(byId('gone'), 'hidden', true);
    set(document.body, 'data-stale', null);
});
bus.addEventListener('closed', () => {
    link('gone', 'no engine');
    const since = store.live ? ` What you see is of ${clock(store.live.time)}.` : '';
    text(
        byId('gone'),
        `The engine does not answer; trying again by itself.${since} In the ebpf data path traffic goes on without it.`,
    );
    set(byId('gone'), 'hidden', false);
    set(document.body, 'data-stale', true);
});

function link(state, words) {
    set(byId('link'), 'data-state', state);
    text(byId('link').lastElementChild, words);
}

/** "#/service/tcp/10.0.0.1:80" is a service, everything else the overview, at the section that the place names. */
function route() {
    const key = keyOfHash(location.hash);
    const before = shown;
    shown?.close?.();
    shown = key ? new ServicePage(context, key) : overview;
    main.replaceChildren(shown.element);
    if (store.live) shown.draw();
    events.choose(key ? idOf(key) : '');
    for (const anchor of document.querySelectorAll('.top nav a'))
        set(anchor, 'aria-current', anchor.getAttribute('href') === (location.hash || '#/') ? 'page' : null);
    if (before) settle(key);
}

/** Where the reader is after a change of place. */
function settle(key) {
    const section = key ? null : byId(location.hash.slice(2));
    if (section) section.focus({ preventScroll: true });
    if (section) section.scrollIntoView({ block: 'start' });
    else {
        window.scrollTo(0, 0);
        if (key) shown.focus();
        else main.focus({ preventScroll: true });
    }
}

byId('rail').append(events.element);
document.querySelector('.skip').addEventListener('click', (event) => {
    event.preventDefault();
    main.focus();
});
window.addEventListener('hashchange', route);
route();
bus.connect();
