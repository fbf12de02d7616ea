import { isSpeaker } from './kinds.js';
import type { Tag } from './tags.js';
import type { Token } from './tokens.js';

/** Something that is said of something: positions of words. */
export interface Clause {
  /** Content before what is said. */
  readonly subject: readonly number[];
  /** Verbs, and after "is" the words that say what it is. */
  readonly predicate: readonly number[];
  readonly particles: readonly number[];
  /** Content after it. */
  readonly rest: readonly number[];
  readonly copula: boolean;
}

const COPULA = /^(?:is|are|was|were|be|been|being|remain|remains|remained|become|becomes|became|seem|seems|seemed|prove|proves|proved)$/u;
const COORDINATE = /^(?:and|but|or|while|whereas|because|which|that|who|as|since|so|if|when|where|although|though|unless|until)$/u;

/** What each verb of a sentence says, without those that only report. */
export function clausesOf(tokens: readonly Token[], tags: readonly Tag[]): Clause[] {
  const heads: number[] = [];
  for (const [at, tag] of tags.entries()) {
    const token = tokens[at];
    if (!token) continue;
    const isMain = tag === 'finite' || tag === 'infinitive';
    const next = tags.slice(at + 1, at + 5);
    const isCopula = COPULA.test(token.key) && !next.some((t, i) => t === 'finite' && next.slice(0, i).every((u) => u === 'adverb' || u === 'auxiliary' || u === 'glue'));
    const haveMain = /^(?:has|have|had)$/u.test(token.key) && !next.some((t, i) => (t === 'finite' || t === 'auxiliary') && next.slice(0, i).every((u) => u === 'adverb' || u === 'glue'));
    // "reduced risk", "armed groups": before a noun without a noun before it
    const attributive = tag === 'finite' && /(?:ed|en)$/u.test(token.key) && (tags[at + 1] === 'noun' || tags[at + 1] === 'adjective') && tags[at - 1] !== 'noun' && tags[at - 1] !== 'auxiliary' && tags[at - 1] !== 'adverb' && tokens[at - 1]?.key !== 'who' && tokens[at - 1]?.key !== 'which' && tokens[at - 1]?.key !== 'that' && tokens[at - 1]?.key !== 'to';
    if ((isMain && !attributive) || isCopula || haveMain) heads.push(at);
  }
  const own = heads.filter((at) => !(tokens[at]?.reporting ?? false));
  return own.map((head) => {
    const position = heads.indexOf(head);
    const before = heads[position - 1] ?? -1;
    const after = heads[position + 1] ?? tokens.length;
    const key = tokens[head]?.key ?? '';
    const copula = COPULA.test(key) || /^(?:has|have|had)$/u.test(key);
    const isContent = (at: number): boolean => (tokens[at]?.content ?? false) && !tokens[at]?.reporting && !isSpeaker(tokens[at]?.key ?? '');
    const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i).filter(isContent);
    let subject = range(before + 1, head);
    if (subject.length === 0 && before >= 0) subject = range((heads[position - 2] ?? -1) + 1, before);
    let rest = range(head + 1, after);
    // A verb that comes next in another part of the sentence has a subject of its own.
    const cut = tokens.findIndex((t, at) => at > head && at < after && COORDINATE.test(t.key) && at > head + 1 && (t.clause !== tokens[head]?.clause));
    if (cut !== -1) rest = rest.filter((at) => at < cut);
    const predicate = isContent(head) ? [head] : [];
    if (copula) {
      const said = rest.filter((at) => tokens[at]?.clause === tokens[head]?.clause).slice(0, 3);
      const adjective = said.find((at) => tags[at] === 'adjective' || tags[at] === 'finite');
      const stop = said.findIndex((at) => tags.slice(head + 1, at).includes('preposition'));
      predicate.push(...(adjective !== undefined ? [adjective] : stop > 0 ? said.slice(0, stop) : said));
    }
    const particles = Array.from({ length: 4 }, (_, i) => head + 1 + i).filter((at) => at < after && PARTICLES.test(tokens[at]?.key ?? ''));
    return { subject: subject.slice(-8), predicate, particles, rest: rest.filter((at) => !predicate.includes(at)).slice(0, 8), copula };
  });
}

const PARTICLES = /^(?:out|away|down|aside|apart|alone|outside|beyond|off|back|behind|against|short|up|over|little|less|few|only)$/u;
