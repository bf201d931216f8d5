/**
 * An HTTP date in its one current form, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 5.6.7), as milliseconds since 1970, or
 * `null`. The day of the week is not checked; the two obsolete forms are not read.
 */
export function parseHttpDate(text: string): number | null {
  const match = /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/.exec(text);
  if (match === null) return null;
  const [, day = 0, monthName = '', year = 0, hour = 0, minute = 0, second = 0] = match;
  const month = monthNames.indexOf(monthName);
  const days = daysOf(Number(year), month);
  if (Number(day) < 1 || Number(day) > days) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const date = daysBefore(Number(year), month) + Number(day) - 1;
  return (((date * 24 + Number(hour)) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
}

const monthNames: readonly string[] = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];
const monthDays: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** None when there is no such month. */
function daysOf(year: number, month: number): number {
  return (monthDays[month] ?? 0) + (month === 1 && isLeap(year) ? 1 : 0);
}

/** Days from 1 January 1970 to the first of the month. */
function daysBefore(year: number, month: number): number {
  const inYear = monthDays.slice(0, month).reduce((sum, _, each) => sum + daysOf(year, each), 0);
  return 365 * (year - 1970) + leapYearsBefore(year) - leapYearsBefore(1970) + inYear;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function leapYearsBefore(year: number): number {
  const last = year - 1;
  return Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400);
}
