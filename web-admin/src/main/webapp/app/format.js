// @ts-check
/** Figures and times as the page writes them. Pure, but for the reader's time zone. */

const NUMBER = new Intl.NumberFormat('en');
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** 1,842 */
export function figure(number) {
  return NUMBER.format(number);
}

/** 534 ms, 6.4 s, 2 min 10 s */
export function duration(millis) {
  if (millis < 1) {
    return millis <= 0 ? '0 ms' : '< 1 ms';
  }
  if (millis < 1000) {
    return `${Math.round(millis)} ms`;
  }
  if (millis < 60_000) {
    return `${(millis / 1000).toFixed(millis < 10_000 ? 1 : 0)} s`;
  }
  return `${Math.floor(millis / 60_000)} min ${Math.round((millis % 60_000) / 1000)} s`;
}

/** 14:02:11 on the reader's clock. @param {string | number} time */
export function clock(time) {
  return CLOCK.format(new Date(time));
}

/** 1 copy, 2 copies */
export function plural(count, one, many) {
  return `${figure(count)} ${count === 1 ? one : many}`;
}

/** The first and the last four digits of an id: enough to compare by eye. */
export function shortId(id) {
  const digits = id.replaceAll('-', '');
  return digits.length > 8 ? `${digits.slice(0, 4)}·${digits.slice(-4)}` : digits;
}

/** 93.1 %; a dash where nothing was counted. @param {number | null | undefined} ratio */
export function share(ratio) {
  return ratio === null || ratio === undefined || Number.isNaN(ratio) ? '–' : `${(100 * ratio).toFixed(1)} %`;
}

/** 3.7 MB, in powers of 1,000. */
export function bytes(count) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (count >= 1000 && unit < units.length - 1) {
    count /= 1000;
    unit++;
  }
  return `${count.toFixed(unit === 0 || count >= 100 ? 0 : 1)} ${units[unit]}`;
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** 21 Nov, 14:02:11 on the reader's clock. @param {string | number} time */
export function day(time) {
  return DAY.format(new Date(time));
}
