/** Amounts of a round, in whole units: reading what is typed, as the server does (budget/domain/alternatives/amounts.py). */

const TYPED = /^([+-]?)(\d+(?:[.,]\d+)*)(%?)$/;
const MOST = 10 ** 12;

/** The change that somebody means, from a new amount, a change or a percentage; null for what is none of these. */
export function readChange(typed, baseline) {
  const text = typed.replace(/[\s€]/g, "").replace(/[−–]/g, "-");
  if (!text) return 0;
  const found = TYPED.exec(text);
  if (!found) return null;
  const [, sign, digits, percent] = found;
  if (percent) return ofPercent(sign, digits, baseline);
  if (!/^(\d+|\d{1,3}(\.\d{3})+)$/.test(digits)) return null;
  const number = Number(digits.replaceAll(".", ""));
  if (number > MOST) return null;
  if (sign) return sign === "+" ? number : 0 - number;
  return number - baseline;
}

function ofPercent(sign, digits, baseline) {
  if (!/^\d{1,4}([.,]\d{1,3})?$/.test(digits)) return null;
  // In thousandths of a percent, so that no digit is lost.
  const [whole, rest = ""] = digits.split(/[.,]/);
  const part = Number(whole + rest.padEnd(3, "0")) * baseline;
  const change = Math.floor((part + 50_000) / 100_000);
  return sign === "-" ? 0 - change : change;
}

const sign = (number) => (number > 0 ? "+" : number < 0 ? "−" : "");

export const bounded = (change, { baseline, floor, cap }) =>
  Math.min(Math.max(change, floor - baseline), cap - baseline);

/** What can still be divided; below zero when more was given than taken. */
export const left = (changes) => 0 - changes.reduce((sum, change) => sum + change, 0);

/** Amounts and percentages in the language of the page. */
export class Money {
  constructor(language, unit) {
    this.unit = unit;
    this.whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    this.cents = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    this.tenth = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }

  euro(amount) {
    return `€\u00a0${this.whole.format(amount * this.unit)}`;
  }

  change(amount) {
    return `${amount > 0 ? "+" : "−"}\u00a0${this.euro(Math.abs(amount))}`;
  }

  percent(amount, baseline) {
    const part = baseline ? (100 * amount) / baseline : 0;
    return `${sign(part)}${this.tenth.format(Math.abs(part))}%`;
  }

  each(amount, inhabitants) {
    const part = (amount * this.unit) / inhabitants;
    return `${sign(part)}\u00a0€\u00a0${this.cents.format(Math.abs(part))}`;
  }
}
