import { actorIn, topicOf } from './topic.js';
import { contentWords, isPlural, topicWords, wordsOf } from './words.js';

/** A word that stands for something that was named before. */
export interface Reference {
  readonly kind: 'person' | 'thing' | 'things' | 'place' | 'named';
  readonly word: string;
  /** Where it begins. */
  readonly index: number;
}

const AUXILIARY =
  'is|are|was|were|be|do|does|did|has|have|had|can|could|should|shall|will|would|may|might|must';
const BEFORE_PRONOUN = `${AUXILIARY}|about|of|on|in|at|to|for|from|with|by|against|like|than|after|before|during|behind|why|and`;
const AFTER_PRONOUN = `${AUXILIARY}|\\p{L}+ed|mean|take|work|happen|help|apply|matter|look|come|go|held|made|done|said|not|so|important|necessary|possible|true|enough|new|different`;

/** In the order in which they are looked for. */
const PATTERNS: readonly { readonly kind: Reference['kind']; readonly pattern: RegExp }[] = [
  { kind: 'person', pattern: /\b(?:she|he|her|him|his|hers)\b/iu },
  { kind: 'things', pattern: /\b(?:they|them|their|theirs)\b/iu },
  {
    kind: 'thing',
    pattern: new RegExp(
      `\\b(?:its|it)\\b(?!\\s+(?:(?:is|was|be|been|being)\\s+)?(?:\\p{L}+\\s+){0,2}?(?:that|to|whether|for)\\s)|(?<=\\b(?:${BEFORE_PRONOUN})\\s+)(?:this|that)(?=\\W*$|\\s+(?:${AFTER_PRONOUN})\\b)|\\b(?:this|that)(?=\\W*$)`,
      'iu',
    ),
  },
  {
    kind: 'named',
    pattern:
      /\b(?:these|those|such(?! as)|the (?:same|former|latter|others?))\b(?! (?:who|that)\b)|\b(?:this|(?<=(?:\b(?:in|at|of|on|about|for|to|from|with|by|is|was|did|does)\s))that) (?!is\b|was\b|are\b|the\b|an?\b)\p{L}+/iu,
  },
  {
    kind: 'place',
    pattern: /(?<!\b(?:is|are|was|were|be|been)\s)\bthere(?=\W*$)|\bwho (?:is|was|were) there\b/iu,
  },
];

/** The first word of a question that stands for something outside it; null where there is none. */
export function referenceIn(question: string): Reference | null {
  for (const { kind, pattern } of PATTERNS) {
    const match = pattern.exec(question);
    if (!match) continue;
    const reference = { kind, word: match[0], index: match.index };
    if (!hasAntecedent(question, reference)) return reference;
  }
  return null;
}

/** Whether something that stands before it in the question is what it stands for. */
function hasAntecedent(question: string, { kind, word, index }: Reference): boolean {
  const before = question.slice(0, index);
  const isLast = wordsOf(question.slice(index + word.length)).length === 0;
  switch (kind) {
    case 'person':
      return topicWords(before).length > 0;
    case 'things':
      return wordsOf(before).some(isPlural);
    case 'thing':
    case 'named':
      // What is said of "it" at the end is said by somebody else, but for a second clause.
      if (isLast && !/,|\band\b|\bif\b|\bwhen\b/iu.test(before.replace(/^\W*and\b/iu, ''))) return false;
      return kind === 'thing'
        ? topicWords(before).some((found) => !isPlural(found) && !/(?:ed|ing)$/u.test(found))
        : topicWords(before).length > 1;
    case 'place':
      return false;
  }
}

/** The question with what "it" stands for in its place; null where the earlier question does not show what that is. */
export function resolved(question: string, { kind, word, index }: Reference, earlier: string): string | null {
  const named = kind === 'person' ? (actorIn(earlier)?.topic ?? null) : topicOf(earlier);
  // What was said is no name for "that".
  if (/\b(?:said|say|says|think|thinks|thought)\s+$/iu.test(question.slice(0, index)) && kind === 'thing')
    return null;
  if (named === null || contentWords(named).length === 0) return null;
  if (kind === 'named' || kind === 'place') return null;
  // What one thing is called is no name for several.
  const plural = isPlural(wordsOf(named.replace(/\s+(?:of|in|on|for|to|with)\s.*$/iu, '')).at(-1) ?? '');
  if (kind === 'things' && !plural && !/\band\b/iu.test(named)) return null;
  const after = question.slice(index + word.length);
  const possessive = /^(?:its|their|his)$/iu.test(word) || (/^her$/iu.test(word) && /^\s+\p{L}/u.test(after));
  const owner = /s$/u.test(named) ? `${named}’` : `${named}’s`;
  return question.slice(0, index) + (possessive ? owner : named) + after;
}
