// The dialog of a change: its fields, what it would do, the same as a command line, and the button that does it.

import { h, set, settled, text } from './dom.js';
import { commandLine } from './empty.js';
import { ipvsadmLine } from './ipvsadm.js';
import { Preview } from './preview.js';

const SETTLED_MS = 200;

export class ChangeDialog {
    #bus;
    #change;
    #preview = new Preview();
    #line = commandLine('');
    #confirm;
    #form;
    #dialog;
    #turn = 0;

    /** @param change {title, intro, action, danger, fields, command(values) -> {address, payload}, done({address, payload})} */
    constructor(bus, change) {
        this.#bus = bus;
        this.#change = change;
        this.#confirm = h(
            'button',
            { type: 'submit', class: change.danger ? 'danger' : 'primary', disabled: true },
            change.action,
        );
        this.#form = h(
            'form',
            { method: 'dialog', oninput: () => this.#edited(), onsubmit: (event) => this.#submit(event) },
            h('h2', { id: 'dialog-title' }, change.title),
            change.intro ? h('p', { class: 'intro' }, change.intro) : null,
            h('div', { class: 'fields' }, change.fields.map(field)),
            this.#preview.element,
            this.#line,
            h('footer', {}, h('button', { type: 'button', onclick: () => this.#dialog.close() }, 'Cancel'), this.#confirm),
        );
        this.#dialog = h('dialog', { 'aria-labelledby': 'dialog-title', onclose: () => this.#dialog.remove() }, this.#form);
    }

    open() {
        document.body.append(this.#dialog);
        this.#dialog.showModal();
        this.#edited();
    }

    #values() {
        return Object.fromEntries(new FormData(this.#form));
    }

    /** Until the preview of what stands in the fields is there, the button does nothing. */
    #edited() {
        this.#turn++;
        set(this.#confirm, 'disabled', true);
        const complete = this.#form.checkValidity();
        set(this.#line, 'hidden', !complete);
        if (complete) this.#ask();
        else this.#preview.waiting('Fill in what is needed to see what the change does.');
    }

    #ask = settled(SETTLED_MS, async () => {
        const turn = this.#turn;
        if (!this.#form.checkValidity()) return;
        const command = this.#change.command(this.#values());
        text(this.#line.querySelector('code'), ipvsadmLine(command.address, command.payload));
        try {
            const preview = await this.#bus.request('jlvs.change.preview', command);
            if (turn !== this.#turn) return;
            if (preview.valid) this.#preview.shows(preview);
            else this.#preview.failed(preview.error);
            set(this.#confirm, 'disabled', !preview.valid);
        } catch (e) {
            if (turn === this.#turn) this.#preview.failed(`What it does could not be told: ${e.message}`);
        }
    });

    async #submit(event) {
        event.preventDefault();
        if (this.#confirm.disabled) return;
        const command = this.#change.command(this.#values());
        set(this.#confirm, 'disabled', true);
        try {
            await this.#bus.request(command.address, command.payload);
            this.#dialog.close();
            this.#change.done(command);
        } catch (e) {
            this.#preview.failed(`Not done: ${e.message}`);
            set(this.#confirm, 'disabled', false);
        }
    }
}

function field({ name, label, hint, options, type, ...rest }) {
    const control = options
        ? h(
              'select',
              { name },
              options.map((option) => h('option', { value: option, selected: option === rest.value }, option)),
          )
        : h('input', {
              name,
              type: type ?? 'text',
              autocomplete: 'off',
              spellcheck: 'false',
              maxlength: type ? null : 60,
              ...rest,
          });
    return h('label', {}, h('span', {}, label), control, hint ? h('small', {}, hint) : null);
}
