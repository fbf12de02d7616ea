import { appended, scopesIn, withoutScopes } from './scopes.js';
import { actorIn, framed } from './topic.js';
import { ACTOR, contentWords, isStop, namesPeople, PEOPLE_NAMED, wordsOf } from './words.js';

const PREPOSITION = 'of|for|in|on|by|with|against|from|to|at|among|under|between|about|regarding';

/**
 * A question asked again of something else: "children" after "What was said about women in prison?". What is named takes
 * the place of what it is like, or else of the topic; where neither shows, it is added.
 *
 * @param fragment without the words that lead to it ("what about") and those that name a place
 * @param adds whether it is added where it is like nothing in the question
 * @returns null where it is not
 */
export function refitted(question: string, fragment: string, adds: boolean): string | null {
  return (
    sameActor(question, fragment) ??
    sameHead(question, fragment) ??
    samePreposition(question, fragment) ??
    samePeople(question, fragment) ??
    sameFrame(question, fragment) ??
    (adds ? appended(question, namesPeople(fragment) ? `for ${fragment}` : `regarding ${fragment}`) : null)
  );
}

/** "the Chair" after "What did the President say?"; "the one of the Justice Section" keeps who it was of another. */
function sameActor(question: string, fragment: string): string | null {
  const actor = actorIn(question);
  if (!actor || !ACTOR.test(fragment)) return null;
  const other = /^(?:the\s+)?(?:one|that)\s+(?<rest>(?:of|from|for)\s.+)$/iu.exec(fragment)?.groups?.rest;
  const role = /^(.+?)\s+(?:of|from|for)\s/iu.exec(actor.topic)?.[1] ?? actor.topic;
  return `${actor.before}${other === undefined ? fragment : `${role} ${other}`}${actor.after}`;
}

/** "the Tokyo Rules" after a question with "the Bangkok Rules": both end in the same word. */
function sameHead(question: string, fragment: string): string | null {
  const [noun = '', complement] = splitComplement(fragment);
  const head = wordsOf(noun).at(-1);
  if (head === undefined || isStop(head)) return null;
  const tail = complement === undefined ? '' : `(?:\\s+(?:of|from|for)\\s+(?:the\\s+)?[\\p{L}-]+)?`;
  const match = new RegExp(
    `(?:\\bthe\\s+)?(?:(?<modifier>[\\p{L}-]+)\\s+)?\\b${escaped(head)}\\b${tail}`,
    'iu',
  ).exec(question);
  if (!match) return null;
  const modifier = match.groups?.modifier;
  const skipped = modifier !== undefined && isStop(modifier) ? modifier.length + 1 : 0;
  const start = match.index + (match[0].toLowerCase().startsWith('the ') && skipped > 0 ? 0 : skipped);
  return question.slice(0, start) + fragment + question.slice(match.index + match[0].length);
}

/** "of schools" after "What is the role of the police?" */
function samePreposition(question: string, fragment: string): string | null {
  const preposition = new RegExp(`^(${PREPOSITION})\\s+(?!.*\\?.)`, 'iu').exec(fragment)?.[1];
  if (preposition === undefined) return null;
  const scoped = scopesIn(question);
  const standing = [...question.matchAll(new RegExp(`\\b${preposition}\\s+`, 'giu'))].findLast(
    ({ index }) => !scoped.some(({ start, end }) => index >= start && index < end),
  );
  if (!standing) return appended(question, fragment);
  const rest = question.slice(standing.index + standing[0].length);
  const ends = [
    rest.search(/[?.!,]/u),
    rest.search(new RegExp(`\\s(?:${PREPOSITION}|and|who|that)\\s`, 'iu')),
  ];
  const stop = Math.min(...ends.filter((end) => end !== -1), rest.length);
  return question.slice(0, standing.index) + fragment + rest.slice(stop);
}

/** "children" after a question about women: the last group of people that it names. */
function samePeople(question: string, fragment: string): string | null {
  if (!namesPeople(fragment)) return null;
  const named = [...question.matchAll(PEOPLE_NAMED)].at(-1);
  if (!named) return null;
  const [words, modifier] = named;
  const previous = wordsOf(question.slice(0, named.index)).at(-1);
  // "do terrorist groups" but not "barriers keep people".
  const kept = modifier === undefined || isStop(modifier) || (previous !== undefined && !isStop(previous));
  const start = named.index + (modifier !== undefined && kept ? modifier.length + 1 : 0);
  return question.slice(0, start) + fragment + question.slice(named.index + words.length);
}

/** Another topic in the same words: "children" and the like are added to one that is not about people. */
function sameFrame(question: string, fragment: string): string | null {
  const frame = framed(question);
  if (!frame) return null;
  const { before, topic, after } = frame;
  const bare = withoutScopes(topic);
  if (namesPeople(fragment) && contentWords(fragment).length === 1)
    return before + topic.replace(bare, `${bare} for ${fragment}`) + after;
  // What limits the question stays: the topic changes.
  return before + (bare === '' ? `${fragment} ${topic}` : topic.replace(bare, fragment)) + after;
}

function splitComplement(text: string): [string, string | undefined] {
  const match = /^(.+?)\s+((?:of|from|in|with|who|that|against|for|on)\s.+)$/iu.exec(text);
  return match?.[1] === undefined ? [text, undefined] : [match[1], match[2]];
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}
