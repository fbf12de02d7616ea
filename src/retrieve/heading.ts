import { type Allowed, type AnyIndex, termsOf } from '../index/index.js';

/** The part of a document that a question points to by what its heading says. */
export interface NamedHeading {
  readonly title: string;
  /** The words of the question that say it. */
  readonly words: string;
  /** Whether a paragraph stands under it. */
  readonly inside: Allowed;
}

const SITTING = '(?:discussions?|sessions?|days?|panels?|talks?|debates?)';
const PLACE = `(?:${SITTING}|parts?|bit|section|chapter|segment|(?:sub-?)?heading)`;
const ABOUT =
  '(?:(?:that (?:is|was)\\s+)?(?:headed|titled|entitled|called|named|on|about|regarding|concerning|dealing with|devoted to)\\s+)+';
/** "the session on terrorism", "the part headed on kids in trouble with the law" */
const PLACE_ABOUT = new RegExp(
  `\\b(?:(?:in|during|at|under|from|of|for)\\s+)?(?:the\\s+)?(?:\\d{4}\\s+)?(?:thematic\\s+)?${PLACE}\\s+${ABOUT}["“'‘]?(.{3,120}?)["”'’]?(?=\\s*(?:[:;?!.]|\\s-\\s|,\\s+(?:what|who|which|how|where|when|why|was|were|did|does|is|are|for)\\b|\\b(?:in|of)\\s+(?:the\\s+)?(?:\\d{4}|first|second|third|fourth|last)\\b|$))`,
  'iu',
);
/** "the jail day", "in the terror talks" */
const ABOUT_SITTING =
  /\b(?:(?:in|during|at|under)\s+)?(?:the\s+)?((?:[\p{L}-]+\s+){0,2}?[\p{L}-]+)\s+(?:day|talks|session|panel|debate)\b/iu;
/** Words that say which sitting, not what it was about. */
const WHICH_SITTING =
  /^(?:thematic|opening|closing|first|second|third|fourth|fifth|last|final|next|same|each|every|which|what|that|this|one|a|an|the|on|in|morning|afternoon|regular|special|panel|plenary)$/iu;

/** Least cosine of the words with a heading: measured on the development split, where words about something else stay below. */
const LEAST_ABOUT = 0.3;
const LEAST_SITTING = 0.4;

/**
 * Reads which part of a record a question names by its heading, in whatever words.
 *
 * @param allowed where the headings may stand
 */
export async function headingIn(
  index: AnyIndex,
  question: string,
  allowed: Allowed | null,
): Promise<NamedHeading | null> {
  const said = phraseIn(question);
  if (!said) return null;
  const vector = await index.embeddings.embedQuery(said.about);
  const nearest = await nearestHeading(index, Float32Array.from(vector), allowed);
  if (!nearest || nearest.similarity < said.least) return null;
  const { document } = index.paragraphs[nearest.paragraph] ?? {};
  const heading = document?.outline[nearest.position];
  if (!heading) return null;
  return {
    title: heading.title,
    words: said.words,
    inside: (ordinal) => {
      const other = index.paragraphs[ordinal];
      if (!other || other.document !== document) return false;
      return other.paragraph.number >= heading.from && other.paragraph.number <= heading.to;
    },
  };
}

async function nearestHeading(index: AnyIndex, vector: Float32Array, allowed: Allowed | null) {
  if ('engine' in index) return index.engine.heading(vector, allowed);
  const [nearest] = await index.headings.nearest(vector, 1, allowed);
  const entry = nearest && index.headings.entry(nearest.row);
  return entry ? { ...entry, similarity: nearest.similarity } : null;
}

function phraseIn(
  question: string,
): { readonly words: string; readonly about: string; readonly least: number } | null {
  const about = PLACE_ABOUT.exec(question);
  if (about?.[1] && termsOf(about[1]).length > 0) {
    return { words: about[0].trim(), about: about[1], least: LEAST_ABOUT };
  }
  const sitting = ABOUT_SITTING.exec(question);
  const subject = sitting?.[1]?.split(/\s+/u).filter((word) => !WHICH_SITTING.test(word)) ?? [];
  if (!sitting || termsOf(subject.join(' ')).length === 0) return null;
  return { words: sitting[0].trim(), about: subject.join(' '), least: LEAST_SITTING };
}
