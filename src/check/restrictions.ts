import { denialsIn } from './denials.js';
import { ofSource } from './source.js';
import type { Token } from './tokens.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

/** Words that leave everything else out. */
const ONLY = /^(?:only|alone|solely|exclusively|merely|purely|nothing|sole)$/u;
/** Verbs that turn round with a word like "out", perhaps with some words between. */
const TURNING =
  /^(?:keep|keeps|kept|keeping|leave|leaves|left|leaving|shut|shuts|shutting|push|pushes|pushed|turn|turns|turned|turning|let|lets|letting|cut|cuts|cutting|put|puts|putting|stand|stands|stood|hold|holds|held|holding|set|sets|get|gets|got|getting|drive|drives|drove|driven|force|forces|forced|send|sends|sent)$/u;
const AWAY = /^(?:out|apart|away|aside|down|behind|back|off)$/u;
/** Words between them. */
const BETWEEN = 4;
/** What stands in the way of something, or against it. */
const AGAINST = [
  'in the way',
  'at odds',
  'at the expense',
  'at the cost',
  'well enough',
  'enough already',
].map((phrase) => phrase.split(' '));

/** Whether a source leaves everything else out somewhere: "only", and not "not only". */
const onlyIn = ofSource(({ tokens }) => {
  const denied = new Set(denialsIn(tokens).flatMap(({ first, last }) => [first, last, last + 1]));
  return tokens.flatMap((token, at) =>
    ONLY.test(token.key) && !denied.has(at) && tokens[at - 1]?.key !== 'not' ? [token.sentence] : [],
  );
});

/** What limits or turns away in the sentence, while its source does nothing of the kind. */
export function restrictionFaults(view: View): Fault[] {
  const { tokens, source, used } = view;
  const denied = new Set(denialsIn(tokens).flatMap(({ first, last }) => [first, last, last + 1]));
  const limits = onlyIn(source).some((sentence) => used.has(sentence));
  const has = (holds: (token: Token) => boolean): boolean =>
    source.tokens.some((token) => used.has(token.sentence) && holds(token));
  const limited = tokens.flatMap((token, at): Fault[] =>
    ONLY.test(token.key) && !denied.has(at) && !limits
      ? [{ kind: 'negation', words: wordsOfView(view, at) }]
      : [],
  );
  const turned = tokens.flatMap((token, at): Fault[] => {
    if (!TURNING.test(token.key)) return [];
    const rest = tokens.slice(at + 1, at + 1 + BETWEEN);
    const particle = rest.find(({ key, sentence }) => AWAY.test(key) && sentence === token.sentence);
    if (!particle || has(({ key }) => key === particle.key)) return [];
    return [{ kind: 'negation', words: wordsOfView(view, at, tokens.indexOf(particle)) }];
  });
  const against = tokens.flatMap((_, at): Fault[] => {
    const phrase = AGAINST.find((words) => words.every((word, i) => tokens[at + i]?.key === word));
    if (!phrase || has(({ key }) => key === phrase.at(-1))) return [];
    return [{ kind: 'negation', words: wordsOfView(view, at, at + phrase.length - 1) }];
  });
  return [...limited, ...turned, ...against];
}
