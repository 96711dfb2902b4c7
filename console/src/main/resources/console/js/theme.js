// Runs before the page is painted, so that a chosen theme does not flash. The choice is kept on this machine only.
'use strict';
(function () {
    const root = document.documentElement;
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const chosen = () => {
        try {
            return localStorage.getItem('jlvs.theme');
        } catch {
            return null;
        }
    };
    const apply = () => {
        root.dataset.theme = chosen() || (dark.matches ? 'dark' : 'light');
        root.dispatchEvent(new CustomEvent('theme'));
        document.getElementById('theme')?.setAttribute('aria-pressed', String(root.dataset.theme === 'dark'));
    };
    apply();
    dark.addEventListener('change', apply);
    document.addEventListener('DOMContentLoaded', () => {
        apply();
        document.getElementById('theme').addEventListener('click', () => {
            try {
                localStorage.setItem('jlvs.theme', root.dataset.theme === 'dark' ? 'light' : 'dark');
            } catch {
                /* private window */
            }
            apply();
        });
    });
})();
