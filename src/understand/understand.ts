import { read } from './rules.js';
import type { Rewriter, Understood } from './types.js';

/** Longest completed question, in characters: as long as one may be asked. */
export const MAX_UNDERSTOOD = 2000;

/**
 * What a question asks, given the questions before it. Nothing else is known of a conversation, and nothing is kept.
 *
 * @param history earlier questions as they were asked, oldest first
 * @param rewriter asked first; where it has nothing to say, or there is none, the rules decide
 */
export async function understand(
  history: readonly string[],
  question: string,
  {
    rewriter,
    signal,
  }: { readonly rewriter?: Rewriter | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<Understood> {
  const ruled = understoodByRule(history, question);
  if (history.length === 0 || !rewriter) return ruled;
  const written = (await rewriter(history, question, signal))?.trim();
  if (written === undefined || written === '' || [...written].length > MAX_UNDERSTOOD) return ruled;
  if (written === question) return standing(question);
  const earlier = ruled.earlier ?? history.at(-1) ?? null;
  return { question: written, from: 'history', by: 'model', earlier, carried: carriedIn(written, question) };
}

/** The same by rules alone. */
export function understoodByRule(history: readonly string[], question: string): Understood {
  const [first, ...turns] = history;
  if (first === undefined) return standing(question);
  let topic = { asked: first, question: first };
  for (const turn of turns) {
    const { question: text, completed, leads } = read(turn, topic.question);
    if (leads && [...text].length <= MAX_UNDERSTOOD) {
      topic = { asked: completed ? topic.asked : turn, question: text };
    }
  }
  const { question: text, completed } = read(question, topic.question);
  if (!completed || text === question || [...text].length > MAX_UNDERSTOOD) return standing(question);
  return {
    question: text,
    from: 'history',
    by: 'rule',
    earlier: topic.asked,
    carried: carriedIn(text, question),
  };
}

function standing(question: string): Understood {
  return { question, from: 'question', by: null, earlier: null, carried: [] };
}

/** Runs of words of a completed question that the question itself does not have. */
function carriedIn(completed: string, question: string): string[] {
  const own = new Set(tokens(question).map(folded));
  const runs: string[][] = [[]];
  for (const token of tokens(completed)) {
    if (own.has(folded(token))) runs.push([]);
    else runs.at(-1)?.push(token);
  }
  return runs.map((run) => run.join(' ').replace(/[\s?.,!]+$/u, '')).filter((run) => run !== '');
}

function tokens(text: string): string[] {
  return text.split(/\s+/u).filter((token) => token !== '');
}

function folded(token: string): string {
  return token.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}
