import { readFile } from 'node:fs/promises';
import type { Config } from '../config.js';
import { describeProblem, readCorpus } from '../corpus/index.js';
import { messageOf, ParaciteError } from '../errors.js';
import { parseDraft } from '../http/index.js';
import { type DraftView, draftView, type MatchView } from '../response/index.js';
import { verifyDraft } from '../verify/index.js';

export interface VerifyArguments {
  /** The name of a file, or a text. */
  readonly draft: string;
  readonly json: boolean;
}

type Item = DraftView['items'][number];

/**
 * `paracite verify`: checks a draft on the terminal, with the body of `/v1/verify` for it. False where something is not
 * the record's own words, in the paragraph that is named.
 */
export async function verifyCommand(config: Config, { draft, json }: VerifyArguments): Promise<boolean> {
  const { text } = parseDraft({ text: await textOf(draft) });
  const { documents, problems } = await readCorpus(config.corpusDirectory);
  for (const problem of problems) console.error(`left out: ${describeProblem(problem)}`);
  const view = draftView(verifyDraft(documents, { text, paragraph: null }));
  console.log(json ? JSON.stringify(view, null, 2) : inWords(view, text));
  return (
    view.unchecked === 0 && view.items.every(({ verdict }) => verdict === null || verdict === 'verbatim')
  );
}

/** What a file holds, or the argument itself where it has more than a word and is no file's name. */
async function textOf(draft: string): Promise<string> {
  try {
    return draft === '' ? draft : await readFile(draft, 'utf8');
  } catch (error) {
    if (isMissing(error) && /\s/u.test(draft.trim())) return draft;
    throw new ParaciteError('bad_request', `${draft} cannot be read: ${messageOf(error)}`);
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return (
    code === 'ENOENT' || code === 'ENAMETOOLONG' || code === 'ENOTDIR' || code === 'ERR_INVALID_ARG_VALUE'
  );
}

function inWords({ items, counts, unchecked }: DraftView, text: string): string {
  const summary = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind.replace('_', ' ')}`);
  return [
    ...items.map((item) => itemInWords(item, text)),
    items.length === 0 ? 'Nothing to check.' : `${summary.join(', ')}.`,
    ...(unchecked > 0 ? [`${unchecked} not checked: too many, or too long.`] : []),
  ].join('\n');
}

function itemInWords({ text: words, start, claim, verdict, unjudged, matches }: Item, text: string): string {
  const line = text.slice(0, start).split('\n').length;
  const label = (verdict ?? unjudged ?? '').replace('_', ' ').toUpperCase();
  const claimed = claim ? ` (given as para. ${claim.paragraphs.join(', ')})` : '';
  const missing = claim && claim.missing.length > 0 ? [`  no paragraph ${claim.missing.join(', ')}`] : [];
  return [
    `${label} line ${line}: “${words.trim().replace(/\s+/gu, ' ')}”${claimed}`,
    ...missing,
    ...matches.slice(0, 3).flatMap(matchInWords),
    '',
  ].join('\n');
}

function matchInWords({ label, quote, changes }: MatchView): string[] {
  return [
    `  ${label}: “${quote}”`,
    ...changes.map(
      ({ source, given }) => `    record: ${source || '(nothing)'} | draft: ${given || '(nothing)'}`,
    ),
  ];
}
