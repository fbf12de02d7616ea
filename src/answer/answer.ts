import type { AnyIndex } from '../index/index.js';
import { type Passage, type Retrieval, retrieve } from '../retrieve/index.js';
import { confidenceOf } from './confidence.js';
import { type Extract, extracts } from './quote.js';
import type { Answer, Citation, Question } from './types.js';

/** Passages ranked for a question, whatever its limit: the calibration looks at the distances between them. */
const CONSIDERED = 15;
/** Sentences quoted at most from the best passage, and from each of the others. */
const BEST_SENTENCES = 4;
const OTHER_SENTENCES = 2;
/** A further passage is quoted where it scores at least this share of the best, by kind of question. Tuned like SHARES. */
export const RUNNER_UP = 0.88;
export const RUNNER_UP_THEME = 0.74;

/** Questions that ask for everything on a topic rather than for one fact. */
const THEME =
  /\b(?:everything|anything|all (?:the )?(?:paragraphs?|mentions?|references|places|times|passages|points|statements)|what (?:was|were|is|has been|had been|did [\p{L} ]{2,40}) (?:all )?(?:say|said|stated|discussed|mentioned) (?:about|on|regarding)|where (?:do|does|did|is|are|was|were)\b.*\b(?:come up|comes up|came up|mentioned|discussed|appear|raised)|(?:over|across|through(?:out)?|in all) (?:the )?(?:four )?(?:years|rounds|record)|which paragraphs|overview|summari[sz]e|list (?:all|every))\b/iu;

/**
 * Answers a question with verbatim quotations, or says that the record does not answer it. Deterministic.
 *
 * @param abstainThreshold confidence below which it is not answered; the calibrated one where undefined
 */
export async function ask(
  index: AnyIndex,
  question: Question,
  abstainThreshold: number | undefined,
): Promise<Answer> {
  const retrieval = await retrieve(index, { ...question, limit: Math.max(question.limit, CONSIDERED) });
  const { probability: confidence, threshold } = confidenceOf(index, question.text, retrieval);
  const passages = retrieval.passages.slice(0, question.limit);
  if (passages.length === 0 || confidence < (abstainThreshold ?? threshold)) {
    return { status: 'not_found', text: null, citations: [], passages, retrieval, confidence };
  }
  const citations = cite(index, question, retrieval);
  return { status: 'answered', text: compose(citations), citations, passages, retrieval, confidence };
}

function cite(index: AnyIndex, question: Question, retrieval: Retrieval): Citation[] {
  const theme = THEME.test(question.text);
  const best = retrieval.passages[0]?.score ?? 0;
  const share = theme ? RUNNER_UP_THEME : RUNNER_UP;
  const quoted = retrieval.passages.slice(0, question.limit).filter(({ score }) => score >= share * best);
  const made = quoted.flatMap((passage, rank) => {
    const sentences = theme ? 1 : rank === 0 ? BEST_SENTENCES : OTHER_SENTENCES;
    return extracts(index, passage, retrieval, question.text, sentences).map((extract) => ({
      passage,
      extract,
    }));
  });
  const kept = withoutRepeats(made).slice(0, question.limit);
  const ordered = theme ? kept.sort((a, b) => yearOf(a.passage) - yearOf(b.passage)) : kept;
  return ordered.map(({ passage, extract }, position) => ({
    ...extract,
    id: position + 1,
    passage,
    score: passage.score,
  }));
}

interface Made {
  readonly passage: Passage;
  readonly extract: Extract;
}

/** Leaves out a quotation that says what an earlier one says, or part of it: the record restates itself. */
function withoutRepeats(made: readonly Made[]): Made[] {
  const kept: Made[] = [];
  for (const candidate of made) {
    const { quote, leadIn } = candidate.extract;
    const repeats = kept.some(
      ({ extract }) =>
        extract.quote.includes(quote) ||
        quote.includes(extract.quote) ||
        extract.leadIn?.quote.includes(quote),
    );
    // An item of a list brings what introduces it along: that alone is not quoted too.
    const introduced = kept.findIndex(({ extract }) => leadIn?.quote.includes(extract.quote));
    if (introduced !== -1) kept[introduced] = candidate;
    else if (!repeats) kept.push(candidate);
  }
  return kept;
}

/** Undated parts come after the years. */
function yearOf({ paragraph }: Passage): number {
  return paragraph.year ?? Number.POSITIVE_INFINITY;
}

function compose(citations: readonly Citation[]): string {
  return citations
    .map(({ id, quote, leadIn }) => `${leadIn ? `“${leadIn.quote}” ` : ''}“${quote}” [${id}]`)
    .join('\n\n');
}
