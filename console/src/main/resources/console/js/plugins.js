// The plugins: what each offers, and what is wrong with those that are not in use.

import { h, keyed, set, text } from './dom.js';
import { plural } from './format.js';
import { glyph, show } from './glyphs.js';

const GLYPHS = { loaded: 'up', kept: 'quiesced', rejected: 'failing' };

export class Plugins {
    #list = h('ul', { class: 'plugins' });
    #count = h('span', { class: 'count' });
    element = h(
        'section',
        { class: 'panel', id: 'plugins', tabindex: -1, 'aria-labelledby': 'plugins-title' },
        h('header', {}, h('h2', { id: 'plugins-title' }, 'Plugins'), this.#count),
        this.#list,
    );
    #bus;

    constructor(bus) {
        this.#bus = bus;
        bus.addEventListener('open', () => this.#read());
        bus.subscribe('jlvs.event.plugin', () => this.#read());
    }

    async #read() {
        try {
            this.#draw((await this.#bus.request('jlvs.plugin.list', {})).plugins);
        } catch (e) {
            text(this.#count, `could not be listed: ${e.message}`);
        }
    }

    #draw(plugins) {
        const troubled = plugins.filter((plugin) => GLYPHS[plugin.state] === 'failing').length;
        text(this.#count, plural(plugins.length, 'jar') + (troubled ? `, ${troubled} rejected` : ''));
        keyed(this.#list, plugins, (plugin) => plugin.jar, pluginItem, updatePlugin);
    }
}

const pluginItem = () =>
    h(
        'li',
        {},
        h('div', { class: 'plugin-name' }, glyph('up', ' '), h('b'), h('small')),
        h('div', { class: 'offers' }),
        h('p', { class: 'detail' }),
    );

function updatePlugin(item, plugin) {
    const [name, offers, detail] = item.children;
    set(item, 'data-state', plugin.state);
    show(name.children[0], GLYPHS[plugin.state] || 'idle', plugin.state);
    text(name.children[1], (plugin.plugin || plugin.jar).replace(/^jlvs-(plugin|scheduler)-/, ''));
    set(name, 'title', plugin.jar);
    text(name.children[2], [plugin.version, plugin.state === 'loaded' ? '' : plugin.state].filter(Boolean).join(' · '));
    keyed(
        offers,
        plugin.offers,
        (offer) => offer,
        (offer) => h('code', {}, offer),
        () => {},
    );
    text(detail, plugin.detail || '');
    set(detail, 'hidden', !plugin.detail);
}
