import nlp from 'compromise/two';
import type { Token } from './tokens.js';

/** What a word does in its sentence; `glue` is all that is none of the others. */
export type Tag = 'finite' | 'infinitive' | 'participle' | 'auxiliary' | 'noun' | 'adjective' | 'adverb' | 'particle' | 'preposition' | 'glue';

interface TaggedTerm {
  readonly tags: readonly string[];
  readonly offset: { readonly start: number; readonly length: number };
}

/** Parts of speech of a text's words, as compromise tells them. */
export function tagsOf(text: string, tokens: readonly Token[]): Tag[] {
  const terms = (nlp(text).json({ offset: true, terms: { tags: true, offset: true } }) as { terms: TaggedTerm[] }[]).flatMap(({ terms: own }) => own);
  let at = 0;
  return tokens.map(({ start, key }) => {
    while (at + 1 < terms.length && (terms[at + 1]?.offset.start ?? 0) <= start) at += 1;
    return tagOf(new Set(terms[at]?.tags ?? []), key);
  });
}

function tagOf(tags: ReadonlySet<string>, key: string): Tag {
  if (/^(?:is|are|was|were|be|been|being|am|has|have|had|having|do|does|did|can|could|may|might|must|should|shall|will|would|ought)$/u.test(key)) return 'auxiliary';
  if (tags.has('Particle')) return 'particle';
  if (tags.has('Gerund')) return 'participle';
  if (tags.has('Infinitive') && !tags.has('PresentTense')) return 'infinitive';
  if (tags.has('Verb')) return 'finite';
  if (tags.has('Preposition')) return 'preposition';
  if (tags.has('Adjective')) return 'adjective';
  if (tags.has('Adverb')) return 'adverb';
  if (tags.has('Noun') && !tags.has('Pronoun')) return 'noun';
  return 'glue';
}
