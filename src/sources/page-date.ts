import { isDate } from '../core/schedule.ts';

/**
 * A line that is nothing but a date: `Mar 14`, `14 March`, `March 14, 2026`, `Friday, Mar 14`. Without a year it is
 * the latest such day up to `today` (`YYYY-MM-DD`). Undefined for any other line.
 */
export function readPageDate(line: string, today: string): string | undefined {
  const said = DATE_LINE.exec(line.replace(WEEKDAY, ''));
  if (!said) return undefined;
  const month = monthNumber((said[1] ?? said[4])!);
  if (!month) return undefined;
  const monthAndDay = `${String(month).padStart(2, '0')}-${(said[2] ?? said[3])!.padStart(2, '0')}`;
  if (said[5]) return isDate(`${said[5]}-${monthAndDay}`) ? `${said[5]}-${monthAndDay}` : undefined;
  const year = Number(today.slice(0, 4));
  // 29 February can be up to eight years ago.
  for (let back = 0; back <= 8; back++) {
    const on = `${year - back}-${monthAndDay}`;
    if (isDate(on) && on <= today) return on;
  }
  return undefined;
}

const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+/i;
const DATE_LINE = /^(?:([a-z]{3,9})\.?\s+(\d{1,2})|(\d{1,2})\s+([a-z]{3,9})\.?)(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?$/i;

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

function monthNumber(word: string): number {
  return MONTHS.findIndex((month) => month.startsWith(word.toLowerCase()) || word.toLowerCase() === 'sept' && month === 'september') + 1;
}
