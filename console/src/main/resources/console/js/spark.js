// Sparklines: the last minute as a line and the ground under it, from zero.

import { s, set } from './dom.js';

const WINDOW_MS = 60_000;
const GAP_MS = 3000;

/** An empty sparkline of so many pixels; draw() fills it. It is decoration: the number stands beside it. */
export const spark = (width, height, css = '') =>
    s(
        'svg',
        {
            class: 'spark ' + css,
            viewBox: `0 0 ${width} ${height}`,
            width,
            height,
            preserveAspectRatio: 'none',
            'aria-hidden': true,
        },
        s('path', { class: 'spark-ground' }),
        s('path', { class: 'spark-line' }),
    );

/** Draws a series into spark()'s picture. */
export function draw(picture, series) {
    const box = picture.viewBox.baseVal;
    const [ground, line] = paths(series, box.width, box.height);
    set(picture.firstChild, 'd', ground);
    set(picture.lastChild, 'd', line);
}

/** The two paths, of ground and line. A gap in the times is a gap in the line. */
export function paths(series, width, height) {
    const { times, values } = series;
    const end = times.at(-1) ?? 0;
    let first = times.length;
    while (first > 0 && times[first - 1] > end - WINDOW_MS) first--;
    let top = 0;
    for (let i = first; i < values.length; i++) top = Math.max(top, values[i]);
    const x = (i) => (width * (1 - (end - times[i]) / WINDOW_MS)).toFixed(1);
    const y = (i) => (height - 1 - (top > 0 ? (values[i] / top) * (height - 2.5) : 0)).toFixed(1);
    let line = '',
        ground = '',
        begun = -1;
    for (let i = first; i < times.length; i++) {
        const gap = i === first || times[i] - times[i - 1] > GAP_MS;
        if (gap && begun >= 0) ground += `L${x(i - 1)} ${height}Z`;
        if (gap) {
            begun = i;
            ground += `M${x(i)} ${height}`;
        }
        line += `${gap ? 'M' : 'L'}${x(i)} ${y(i)}`;
        ground += `L${x(i)} ${y(i)}`;
    }
    if (begun >= 0) ground += `L${x(times.length - 1)} ${height}Z`;
    return [ground, line];
}
