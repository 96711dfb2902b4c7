// What the page shows while there is no service: how to make one, with the tool people know.

import { h } from './dom.js';

const LINES = `ipvsadm -A -t 192.0.2.1:80 -s wlc
ipvsadm -a -t 192.0.2.1:80 -r 10.0.0.11:80 -m
ipvsadm -a -t 192.0.2.1:80 -r 10.0.0.12:80 -m -w 2`;

/** @param changes makes the dialog of the button */
export function emptyState(changes) {
    return h(
        'section',
        { class: 'panel empty', 'aria-labelledby': 'empty-title', hidden: true },
        h('h2', { id: 'empty-title' }, 'No service yet'),
        h(
            'p',
            {},
            'A virtual service is an address that clients connect to; its real servers are where the connections go. Make one here, or on the command line:',
        ),
        commandLine(LINES),
        changes.button('Add a service', () => changes.addService(), 'primary'),
    );
}

/** Lines of a shell that can be copied. */
export function commandLine(lines) {
    const code = h('code', {}, lines);
    const copy = h('button', { type: 'button', class: 'quiet copy', onclick: () => copied(copy, code.textContent) }, 'Copy');
    return h('div', { class: 'command' }, h('pre', { tabindex: 0, 'aria-label': 'Command lines' }, code), copy);
}

async function copied(button, lines) {
    try {
        await navigator.clipboard.writeText(lines);
        button.textContent = 'Copied';
    } catch {
        button.textContent = 'Select and copy by hand';
    }
    setTimeout(() => (button.textContent = 'Copy'), 2000);
}
