// "Why did this client go to that server": the engine's own sentences, in order, and how the others stood.

import { h } from './dom.js';
import { clock, count } from './format.js';
import { glyph } from './glyphs.js';

/** Asks and shows the answer in a dialog. */
export async function explain(bus, question) {
    const body = h('div', { class: 'explained', 'aria-live': 'polite' }, h('p', { class: 'note' }, 'Asking the engine…'));
    const client = question.client + (question.port ? `, port ${question.port}` : '');
    const dialog = h(
        'dialog',
        { class: 'wide', 'aria-labelledby': 'explain-title', onclose: () => dialog.remove() },
        h(
            'form',
            {
                method: 'dialog',
                onsubmit: (event) => {
                    event.preventDefault();
                    dialog.close();
                },
            },
            h('h2', { id: 'explain-title' }, `Why did ${client} go there?`),
            body,
            h('footer', {}, h('button', { type: 'submit', class: 'primary' }, 'Close')),
        ),
    );
    document.body.append(dialog);
    dialog.showModal();
    try {
        body.replaceChildren(...answer(await bus.request('jlvs.connection.explain', question)));
    } catch (e) {
        body.replaceChildren(h('p', { class: 'error' }, e.message));
    }
}

const HOW = {
    scheduler: (a) => `chosen by the scheduler ${a.scheduler}`,
    persistence: () => 'kept by persistence',
    fallback: () => 'a fallback: the scheduler gave no server',
    unknown: () => 'how is not known any more',
};

function answer(explained) {
    const { server, how, at, sentences, candidates, again } = explained;
    return [
        h(
            'p',
            { class: 'went' },
            server ? h('b', {}, server) : 'no server',
            h('span', {}, (HOW[how] ?? HOW.unknown)(explained) + (at ? `, at ${clock(at)}` : '')),
        ),
        h(
            'ol',
            { class: 'sentences' },
            sentences.map((sentence) => h('li', {}, sentence)),
        ),
        candidates.length > 0 ? h('div', { class: 'scroll' }, table(candidates, server)) : null,
        again ? h('p', { class: 'note' }, 'A new connection of this client would now go to ', h('b', {}, again), '.') : null,
    ].filter(Boolean);
}

function table(candidates, chosen) {
    const column = (label, css) => h('th', { scope: 'col', class: css }, label);
    return h(
        'table',
        {},
        h('caption', {}, 'The servers, as they stand'),
        h(
            'thead',
            {},
            h(
                'tr',
                {},
                column(h('span', { class: 'hidden' }, 'Usable')),
                column('Server'),
                column('Weight', 'number'),
                column('Active', 'number'),
                column('Inactive', 'number'),
                column('Why, or why not'),
            ),
        ),
        h(
            'tbody',
            {},
            candidates.map((each) =>
                h(
                    'tr',
                    { class: each.server === chosen ? 'chosen' : null },
                    h(
                        'td',
                        { class: 'mark' },
                        glyph(
                            each.usable ? 'up' : each.weight === 0 ? 'quiesced' : 'failing',
                            each.usable ? 'usable' : 'not usable',
                        ),
                    ),
                    h('th', { scope: 'row' }, each.server),
                    h('td', { class: 'number' }, count(each.weight)),
                    h('td', { class: 'number' }, count(each.active)),
                    h('td', { class: 'number' }, count(each.inactive)),
                    h('td', {}, each.why ?? ''),
                ),
            ),
        ),
    );
}
