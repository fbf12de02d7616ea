/** Names of months in the languages of the United Nations that write them with letters of Latin, and German. */
const MONTHS: readonly string[] = [
  'january|jan|janvier|enero|januar|jänner',
  'february|feb|février|fevrier|febrero|februar',
  'march|mar|mars|marzo|märz',
  'april|apr|avril|abril',
  'may|mai|mayo',
  'june|jun|juin|junio|juni',
  'july|jul|juillet|julio|juli',
  'august|aug|août|aout|agosto',
  'september|sept|sep|septembre|septiembre',
  'october|oct|octobre|octubre|oktober',
  'november|nov|novembre|noviembre',
  'december|dec|décembre|decembre|diciembre|dezember',
];
const MONTH = MONTHS.join('|');
const YEAR = '((?:19|20)\\d\\d)';
const ISO = new RegExp(`\\b${YEAR}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])(?!\\d)`, 'u');
const DAY_FIRST = new RegExp(
  `(?<![\\d.])(\\d{1,2})(?:st|nd|rd|th|er|\\.)?\\s+(?:of\\s+|de\\s+)?(${MONTH})\\.?,?\\s+(?:de\\s+)?${YEAR}\\b`,
  'iu',
);
const MONTH_FIRST = new RegExp(`\\b(${MONTH})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+${YEAR}\\b`, 'iu');
/** Day, month and year with dots: the order is the same everywhere. */
const DOTS = new RegExp(`(?<![\\d.])(\\d{1,2})\\.(\\d{1,2})\\.${YEAR}\\b`, 'u');
/** As a PDF has it: "D:20240312". */
const PDF = /^D:(\d{4})(\d\d)(\d\d)/u;

/** The first day that a text names, as an ISO 8601 date; null where it names none. */
export function dateIn(text: string): string | null {
  const found = [
    [ISO, 1, 2, 3],
    [PDF, 1, 2, 3],
    [DAY_FIRST, 3, 2, 1],
    [MONTH_FIRST, 3, 1, 2],
    [DOTS, 3, 2, 1],
  ] as const;
  const dates = found.flatMap(([pattern, year, month, day]) => {
    const match = pattern.exec(text);
    const date = match && isoDate(Number(match[year]), monthOf(match[month] ?? ''), Number(match[day]));
    return match && date ? [{ at: match.index, date }] : [];
  });
  return dates.sort((a, b) => a.at - b.at)[0]?.date ?? null;
}

function monthOf(text: string): number {
  if (/^\d+$/u.test(text)) return Number(text);
  return MONTHS.findIndex((names) => names.split('|').includes(text.toLowerCase())) + 1;
}

/** Null where the calendar has no such day. */
function isoDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const same =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? date.toISOString().slice(0, 10) : null;
}

/** A BCP 47 tag in its usual form, or null where it is none. */
export function languageTag(given: string | null | undefined): string | null {
  try {
    const tag = given?.trim().replaceAll('_', '-');
    return tag ? (Intl.getCanonicalLocales(tag)[0] ?? null) : null;
  } catch {
    return null;
  }
}
