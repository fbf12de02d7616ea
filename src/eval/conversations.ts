import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, ParaciteError } from '../errors.js';
import type { AnyIndex } from '../index/index.js';
import { understoodByRule } from '../understand/index.js';
import { estimate, successAt } from './metrics.js';
import { paracite } from './systems.js';
import { columns, interval } from './table.js';
import type { Estimate } from './types.js';

const dialogueSchema = z.object({
  id: z.string().min(1),
  /** What the question does with what was asked before: `alone` and `change` must be left as they are. */
  kind: z.enum(['scope', 'topic', 'pronoun', 'ellipsis', 'alone', 'change']),
  /** Earlier questions, oldest first. */
  history: z.array(z.string().min(1)).min(1),
  question: z.string().min(1),
  /** The question as a person would write it for somebody who heard nothing before; null where it is that already. */
  standalone: z.string().min(1).nullable(),
  /** Every paragraph that answers it; 0 is the front matter. */
  gold: z.array(z.int().min(0)).min(1),
});

/** One line of a set of dialogues. */
export type Dialogue = z.output<typeof dialogueSchema>;

interface Recalls {
  readonly recall1: Estimate;
  readonly recall5: Estimate;
}

export interface ConversationFigures {
  /** The last question alone, completed by rule, and as a person would write it. */
  readonly alone: Recalls;
  readonly completed: Recalls;
  readonly standalone: Recalls;
  readonly byKind: Readonly<Record<string, Recalls>>;
  /** Share of the questions that stand alone which are left as they are. */
  readonly untouched: Estimate;
  /** Share of the others that are completed. */
  readonly carried: Estimate;
  /** Share of single questions that are left as they are after another one, which has nothing to do with them. */
  readonly undisturbed: Estimate;
}

/** @throws ParaciteError `bad_request` that names file and line */
export async function readDialogues(file: string): Promise<Dialogue[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ParaciteError('bad_request', `the dialogues cannot be read: ${messageOf(error)}`);
  });
  return text
    .split('\n')
    .map((line, position) => ({ line, position }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, position }) => {
      try {
        return dialogueSchema.parse(JSON.parse(line));
      } catch (error) {
        throw new ParaciteError('bad_request', `${file}:${position + 1}: ${messageOf(error)}`);
      }
    });
}

/** How far before a question, in the order of its set, the one stands that is asked before it. */
const APART = 37;

/**
 * Ranks paragraphs for the last question of each dialogue, understood in three ways.
 *
 * @param singles questions that stand alone: each is asked after another of them too
 */
export async function conversationFigures(
  index: AnyIndex,
  dialogues: readonly Dialogue[],
  singles: readonly string[],
): Promise<ConversationFigures> {
  const system = paracite('Paracite', index);
  const measured: (Record<'alone' | 'completed' | 'standalone', Ranked> & { readonly dialogue: Dialogue })[] =
    [];
  const ranked = async (text: string, gold: readonly number[]): Promise<Ranked> => {
    const ranking = await system.rank(text);
    return { at1: successAt(ranking, gold, 1), at5: successAt(ranking, gold, 5) };
  };
  for (const dialogue of dialogues) {
    const { history, question, gold } = dialogue;
    measured.push({
      dialogue,
      alone: await ranked(question, gold),
      completed: await ranked(understoodByRule(history, question).question, gold),
      standalone: await ranked(dialogue.standalone ?? question, gold),
    });
  }
  const kinds = [...new Set(dialogues.map(({ kind }) => kind))];
  const left = dialogues.map(({ history, question, standalone }) => ({
    untouched: understoodByRule(history, question).from === 'question',
    stands: standalone === null,
  }));
  return {
    alone: recallsOf(measured.map(({ alone }) => alone)),
    completed: recallsOf(measured.map(({ completed }) => completed)),
    standalone: recallsOf(measured.map(({ standalone }) => standalone)),
    byKind: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        recallsOf(
          measured.filter(({ dialogue }) => dialogue.kind === kind).map(({ completed }) => completed),
        ),
      ]),
    ),
    untouched: estimate(left.filter(({ stands }) => stands).map(({ untouched }) => (untouched ? 1 : 0))),
    undisturbed: estimate(
      singles.map((question, position) => {
        const before = singles[(position + APART) % singles.length] ?? question;
        return understoodByRule([before], question).from === 'question' ? 1 : 0;
      }),
    ),
    carried: estimate(left.filter(({ stands }) => !stands).map(({ untouched }) => (untouched ? 0 : 1))),
  };
}

interface Ranked {
  readonly at1: number;
  readonly at5: number;
}

function recallsOf(ranked: readonly Ranked[]): Recalls {
  return {
    recall1: estimate(ranked.map(({ at1 }) => at1)),
    recall5: estimate(ranked.map(({ at5 }) => at5)),
  };
}

/** Figures of conversations that a gate can be set on. */
export function conversationGateFigures(figures: ConversationFigures): Readonly<Record<string, number>> {
  return {
    'recall@1': figures.completed.recall1.mean,
    'recall@5': figures.completed.recall5.mean,
    untouched: figures.untouched.mean,
    completed: figures.carried.mean,
    undisturbed: figures.undisturbed.mean,
  };
}

/** The figures as text for the terminal. */
export function conversationTable(set: string, figures: ConversationFigures): string {
  const row = (name: string, { recall1, recall5 }: Recalls) => [
    name,
    String(recall1.n),
    interval(recall1),
    interval(recall5),
  ];
  const recalls = columns({
    head: ['conversations', 'n', 'recall@1', 'recall@5'],
    rows: [
      row('the follow-up alone', figures.alone),
      row('completed by rule', figures.completed),
      row('as a person would complete it', figures.standalone),
      ...Object.entries(figures.byKind).map(([kind, recall]) => row(`completed: ${kind}`, recall)),
    ],
  });
  const decisions = columns({
    head: ['decisions', 'n', 'right'],
    rows: [
      [
        'questions that stand alone left as they are',
        String(figures.untouched.n),
        interval(figures.untouched),
      ],
      [
        'single questions left as they are after another',
        String(figures.undisturbed.n),
        interval(figures.undisturbed),
      ],
      ['follow-ups completed', String(figures.carried.n), interval(figures.carried)],
    ],
  });
  return `## ${set}: conversations; mean [95 % bootstrap interval]\n\n${recalls}\n\n${decisions}`;
}
