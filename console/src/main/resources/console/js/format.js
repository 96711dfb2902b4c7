// Numbers as an operator reads them at a glance: three digits and a unit.

const UNITS = ['', 'k', 'M', 'G', 'T'];

function scaled(value) {
    let unit = 0;
    while (Math.abs(value) >= 999.5 && unit < UNITS.length - 1) {
        value /= 1000;
        unit++;
    }
    return [value, UNITS[unit]];
}

function digits(value, unit) {
    if (value === 0) return '0';
    if (Math.abs(value) < 10 && (unit || value % 1)) return value.toFixed(1);
    return value.toFixed(0);
}

/** How many, such as 12, 3,400, 120k, 1.2M. */
export function count(value) {
    if (Math.abs(value) < 100000) return Math.round(value).toLocaleString('en-US');
    const [number, unit] = scaled(value);
    return digits(number, unit) + unit;
}

/** How many a second, such as 0.4, 12, 1,204, 560k. */
export function rate(value) {
    if (value > 0 && value < 0.05) return '<0.1';
    return Math.abs(value) < 10 ? digits(Math.round(value * 10) / 10, '') : count(value);
}

/** Bytes a second as bits a second, [number, unit], such as ["34", "Mbit/s"]. */
export function bits(bytesPerSecond) {
    const [number, unit] = scaled(bytesPerSecond * 8);
    return [digits(unit ? number : Math.round(number), unit), unit + 'bit/s'];
}

export const bitsText = (bytesPerSecond) => bits(bytesPerSecond).join('\u202f');

export function bytes(value) {
    const [number, unit] = scaled(value);
    return digits(number, unit) + '\u202f' + unit + 'B';
}

/** A share of 0..1 as per cent; what is a little above 0 or below 1 does not look like it. */
export function percent(share) {
    const value = share * 100;
    if (value > 0 && value < 1) return '<1\u202f%';
    if (value < 100 && value > 99) return '>99\u202f%';
    return Math.round(value) + '\u202f%';
}

export function millis(value) {
    if (value < 1) return value.toFixed(2) + '\u202fms';
    return (value < 10 ? value.toFixed(1) : value.toFixed(0)) + '\u202fms';
}

export const nanos = (value) =>
    value < 1000 ? value + '\u202fns' : value < 1e6 ? (value / 1000).toFixed(0) + '\u202fµs' : seconds(value / 1e9);

/** How long: 12 ms, 3.4 s, 5 min, 2 h 10 min, 3 d 4 h. */
export function seconds(value) {
    if (value < 1) return millis(value * 1000);
    if (value < 60) return (value < 10 ? value.toFixed(1) : value.toFixed(0)) + '\u202fs';
    if (value < 3600) return Math.floor(value / 60) + '\u202fmin';
    if (value < 86400) return Math.floor(value / 3600) + '\u202fh ' + Math.floor((value % 3600) / 60) + '\u202fmin';
    return Math.floor(value / 86400) + '\u202fd ' + Math.floor((value % 86400) / 3600) + '\u202fh';
}

/** The time of day of milliseconds since 1970. */
export const clock = (at) => new Date(at).toLocaleTimeString('en-GB');

export const plural = (number, word) => `${count(number)} ${word}${number === 1 ? '' : 's'}`;

/** An endpoint as ipvsadm writes it. */
export const endpoint = (end) => (end.address.includes(':') ? `[${end.address}]` : end.address) + ':' + end.port;

/** No more than so many characters, the middle left out. */
export function shortened(value, length) {
    if (value.length <= length) return value;
    const tail = Math.floor((length - 1) / 2);
    return value.slice(0, length - 1 - tail) + '…' + value.slice(-tail);
}
