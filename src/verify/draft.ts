import { isCalled, type RecordDocument } from '../corpus/index.js';
import { type DraftItemKind, type Found, foundIn } from './found.js';
import { documentNamed, type Reference } from './references.js';
import { nearestSentences } from './statements.js';
import { type Claim, type Match, VERDICTS, type VerdictKind } from './types.js';
import { isClaimed, verify } from './verify.js';

/** Why there is no verdict: too few and common words, or words that are not the record's and are not said to be. */
export type Unjudged = 'too_short' | 'paraphrase';

/** A place of a draft that says something about the record. */
export interface DraftItem {
  readonly kind: DraftItemKind;
  /** What is checked, without its marks. */
  readonly text: string;
  /** Where it stands in the draft, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  readonly claim: DraftClaim | null;
  /** Null where there is none to give; `unjudged` says why. */
  readonly verdict: VerdictKind | null;
  readonly unjudged: Unjudged | null;
  /** Of a paraphrase: the nearest sentences. */
  readonly matches: readonly Match[];
}

/** Paragraphs that a draft names as the place. */
export interface DraftClaim {
  readonly paragraphs: readonly number[];
  /** Those of them that no document has. */
  readonly missing: readonly number[];
  readonly document: string | null;
  /** Where the draft names them, in UTF-16 code units; null where whoever asks does. */
  readonly start: number | null;
  readonly end: number | null;
}

/** A text to check. */
export interface Draft {
  readonly text: string;
  /** The paragraph that what names none is said to stand in; 0 is the front matter. */
  readonly paragraph: number | null;
}

export type DraftCounts = Readonly<Record<VerdictKind | Unjudged, number>>;

export interface DraftVerdict {
  /** In the order of the draft. */
  readonly items: readonly DraftItem[];
  readonly counts: DraftCounts;
  /** Items that are not checked: longer than 10,000 characters, or beyond the first thousand. */
  readonly unchecked: number;
}

/** Items that are checked: more than the quotations of a book. */
const MAX_ITEMS = 1000;
/** Longest item that is checked, in UTF-16 code units. */
const MAX_LENGTH = 10_000;

/** Checks every quotation of a draft, and every statement of what a paragraph says. */
export function verifyDraft(documents: readonly RecordDocument[], draft: Draft): DraftVerdict {
  const found = foundIn(draft.text);
  const checked = found.filter(({ text }) => text.length <= MAX_LENGTH).slice(0, MAX_ITEMS);
  const items = checked.flatMap((item) => itemsOf(documents, item, draft.paragraph));
  return { items, counts: countsOf(items), unchecked: found.length - checked.length };
}

/** An item; and those inside a quotation that is of something else. */
function itemsOf(documents: readonly RecordDocument[], found: Found, byDefault: number | null): DraftItem[] {
  const { kind, text, range, reference } = found;
  const claim = claimOf(documents, reference, found.around, byDefault);
  const asked: Claim = {
    quote: text,
    paragraph: null,
    ...(claim?.document && { document: claim.document }),
    ...(claim && { paragraphs: claim.paragraphs }),
  };
  const item = { kind, text, start: range[0], end: range[1], claim };
  const { verdict, tooShort, matches } = verify(documents, asked);
  if (tooShort) return [{ ...item, verdict: null, unjudged: 'too_short', matches }];
  if (kind === 'statement' && verdict !== 'verbatim' && verdict !== 'misattributed') {
    const nearest = nearestSentences(documents, text, (match) => isClaimed(match, asked));
    return [{ ...item, verdict: null, unjudged: 'paraphrase', matches: nearest }];
  }
  const inside =
    verdict === 'not_found'
      ? found.inner.flatMap((quote) =>
          itemsOf(
            documents,
            { ...found, text: quote.text, range: quote.range, inner: quote.inner },
            byDefault,
          ),
        )
      : [];
  return [{ ...item, verdict, unjudged: null, matches }, ...inside];
}

function claimOf(
  documents: readonly RecordDocument[],
  reference: Reference | null,
  around: string,
  byDefault: number | null,
): DraftClaim | null {
  if (!reference && byDefault === null) return null;
  const paragraphs = reference?.paragraphs ?? [byDefault ?? 0];
  const missing = paragraphs.filter(
    (number) => !documents.some((document) => document.paragraphs.some((own) => isCalled(own, number))),
  );
  const document = documentNamed(around, documents) ?? null;
  const [start, end] = reference?.range ?? [null, null];
  return { paragraphs, missing, document, start, end };
}

function countsOf(items: readonly DraftItem[]): DraftCounts {
  const kinds = [...VERDICTS, 'too_short', 'paraphrase'] as const;
  const count = (kind: VerdictKind | Unjudged) =>
    items.filter(({ verdict, unjudged }) => (verdict ?? unjudged) === kind).length;
  return Object.fromEntries(kinds.map((kind) => [kind, count(kind)])) as DraftCounts;
}
