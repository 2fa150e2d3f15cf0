// Jalali days without a library: the browser's own calendar reads, a short search writes.
const pv = window.pv;
const persian = new Intl.DateTimeFormat("en-u-ca-persian", { timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric" });
const DAY = 86400000;

const utc = (year, month, day) => {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year);
  return date;
};

const jalaliParts = (date) => {
  const found = {};
  for (const part of persian.formatToParts(date)) found[part.type] = parseInt(part.value, 10);
  return { year: found.year, month: found.month, day: found.day };
};

const gregorianParts = (date) => ({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });

/** The day of a Jalali date, as UTC midnight; month 13 is the first of the next year. */
const fromJalali = (year, month, day) => {
  const passed = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  let date = new Date(utc(year + 621, 3, 21).getTime() + (passed + day - 1) * DAY);
  for (let step = 0; step < 4; step += 1) {
    const got = jalaliParts(date);
    const difference = (year - got.year) * 372 + (month - got.month) * 31 + (day - got.day);
    if (difference === 0) return date;
    date = new Date(date.getTime() + Math.sign(difference) * DAY);
  }
  return date;
};

pv.calendars = {
  jalali: { parts: jalaliParts, make: fromJalali, names: "fa-IR-u-ca-persian", english: "en-u-ca-persian", firstDay: 6 },
  gregorian: { parts: gregorianParts, make: utc, names: "fa-IR-u-ca-gregory", english: "en-u-ca-gregory", firstDay: 6 },
};
pv.DAY = DAY;

/** Today where the person sits, as UTC midnight. */
pv.today = () => {
  const now = new Date();
  return utc(now.getFullYear(), now.getMonth() + 1, now.getDate());
};

/** The first day of the month `step` months away from the month of `date`. */
pv.monthStart = (calendar, date, step = 0) => {
  const { year, month } = calendar.parts(date);
  const index = year * 12 + (month - 1) + step;
  return calendar.make(Math.floor(index / 12), (index % 12) + 1, 1);
};

/** Read «۱۴۰۵/۹/۱» or «2026-11-22»; the year tells the calendar. */
pv.parseDate = (text) => {
  const found = pv.latin(text).match(/^\s*(\d{4})\D(\d{1,2})\D(\d{1,2})\s*$/);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return (year < 1700 ? pv.calendars.jalali : pv.calendars.gregorian).make(year, month, day);
};

pv.writeDate = (calendar, date) => {
  const { year, month, day } = calendar.parts(date);
  return pv.digits([year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("/"));
};
