// The event stream: the last thousand events, with filters; the list stands still while it is paused.

import { h, keyed, set, settled, text } from './dom.js';
import { described } from './eventtext.js';
import { clock, count, plural } from './format.js';
import { glyph, show } from './glyphs.js';
import { idOf } from './keys.js';

const KEPT = 1000;
const SHOWN = 120;
const DRAW_MS = 250;
const KINDS = [
    ['', 'All types'],
    ['connection', 'Connections'],
    ['refused', 'Refused'],
    ['configuration', 'Configuration'],
    ['plugin', 'Plugins'],
    ['director', 'Director'],
];
const GLYPHS = { bad: 'failing', warn: 'overloaded', info: 'up', '': 'idle' };

export class Events {
    #kept = [];
    #number = 0;
    #paused = false;
    #changed = false;
    #list = h('ol', { class: 'events', tabindex: 0, 'aria-label': 'Events, the newest first' });
    #none = h('p', { class: 'note' }, 'Nothing has happened since this page was opened.');
    #pause = h(
        'button',
        { type: 'button', class: 'quiet', 'aria-pressed': 'false', onclick: () => this.#togglePause() },
        'Pause',
    );
    #kind = h(
        'select',
        { 'aria-label': 'Type of event' },
        KINDS.map(([value, label]) => h('option', { value }, label)),
    );
    #service = h('select', { 'aria-label': 'Service of the event' }, h('option', { value: '' }, 'All services'));
    #server = h('input', { type: 'search', placeholder: 'Server', 'aria-label': 'Server of the event', maxlength: 60 });
    #text = h('input', { type: 'search', placeholder: 'Text', 'aria-label': 'Text of the event', maxlength: 60 });
    element = h(
        'section',
        { class: 'panel event-panel', id: 'events', tabindex: -1, 'aria-labelledby': 'events-title' },
        h('header', {}, h('h2', { id: 'events-title' }, 'Events'), this.#pause),
        h(
            'div',
            { class: 'filters', role: 'group', 'aria-label': 'Filters' },
            this.#kind,
            this.#service,
            this.#server,
            this.#text,
        ),
        this.#none,
        this.#list,
    );

    constructor(bus) {
        for (const name of ['connection', 'configuration', 'plugin', 'director']) {
            bus.subscribe('jlvs.event.' + name, (event) => this.#take(event));
        }
        this.element.querySelector('.filters').addEventListener(
            'input',
            settled(80, () => this.#draw()),
        );
        setInterval(() => this.#changed && !this.#paused && !document.hidden && this.#draw(), DRAW_MS);
    }

    /** The services to choose from. */
    offer(services) {
        const chosen = this.#service.value;
        const ids = services.map((service) => ({ id: idOf(service.key), name: service.name }));
        if (chosen && !ids.some(({ id }) => id === chosen)) ids.push({ id: chosen, name: chosen.split('/')[1] });
        ids.sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
        keyed(
            this.#service,
            [{ id: '', name: 'All services' }, ...ids],
            ({ id }) => id,
            ({ id, name }) => h('option', { value: id }, id ? `${id.split('/')[0]} ${name}` : name),
            () => {},
        );
        this.#service.value = chosen;
    }

    /** Shows the events of one service only, or those of all. */
    choose(id) {
        if (id && ![...this.#service.options].some((option) => option.value === id))
            this.#service.append(h('option', { value: id }, id));
        this.#service.value = id;
        this.#draw();
    }

    #take(event) {
        if (event.missed > 0) this.#keep(leftOut(event));
        const one = described(event);
        if (one) this.#keep(one);
    }

    #keep(one) {
        one.number = ++this.#number;
        one.searched = `${one.kind} ${one.step} ${one.name} ${one.text}`.toLowerCase();
        this.#kept.push(one);
        if (this.#kept.length > KEPT) this.#kept.splice(0, this.#kept.length - KEPT);
        this.#changed = true;
        if (this.#paused) text(this.#pause, `Resume · ${count(this.#number - this.#pausedAt)} new`);
    }

    #pausedAt = 0;

    #togglePause() {
        this.#paused = !this.#paused;
        this.#pausedAt = this.#number;
        set(this.#pause, 'aria-pressed', String(this.#paused));
        text(this.#pause, this.#paused ? 'Resume' : 'Pause');
        if (!this.#paused) this.#draw();
    }

    #passes(event) {
        const kind = this.#kind.value;
        return (
            (kind === '' || event.kind === kind || (kind === 'connection' && event.kind === 'refused')) &&
            (this.#service.value === '' || event.service === this.#service.value) &&
            event.server.includes(this.#server.value.trim()) &&
            event.searched.includes(this.#text.value.trim().toLowerCase())
        );
    }

    #draw() {
        this.#changed = false;
        const shown = [];
        const until = this.#paused ? this.#pausedAt : Infinity;
        for (let i = this.#kept.length - 1; i >= 0 && shown.length < SHOWN; i--) {
            if (this.#kept[i].number <= until && this.#passes(this.#kept[i])) shown.push(this.#kept[i]);
        }
        set(this.#none, 'hidden', shown.length > 0);
        text(
            this.#none,
            this.#kept.length > 0 ? 'No event passes these filters.' : 'Nothing has happened since this page was opened.',
        );
        keyed(
            this.#list,
            shown,
            (event) => event.number,
            item,
            () => {},
        );
    }
}

/** Of many connections the engine tells a page some, and how many it did not. */
const leftOut = ({ at, missed }) => ({
    kind: 'connection',
    step: 'not told',
    level: '',
    at,
    service: '',
    name: '',
    server: '',
    text: `${plural(missed, 'more event')}: too many to tell each`,
});

const ofConnection = (event) => event.kind === 'connection' || event.kind === 'refused';

function item(event) {
    const mark = glyph('idle');
    show(mark, GLYPHS[event.level]);
    return h(
        'li',
        { 'data-level': event.level || null, 'data-kind': event.kind },
        h('time', { datetime: new Date(event.at).toISOString() }, clock(event.at)),
        mark,
        h(
            'div',
            {},
            h(
                'p',
                { class: 'what' },
                h('b', {}, ofConnection(event) ? event.step : `${event.kind} ${event.step}`),
                ofConnection(event) ? h('small', {}, event.name) : null,
            ),
            h('p', {}, event.text),
        ),
    );
}
