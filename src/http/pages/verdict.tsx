import type { DraftView, MatchView } from '../../response/index.js';
import { readUrl } from './links.js';

type Item = DraftView['items'][number];

/** What verdicts, and the reasons for none, are called. */
export const NAMES: Readonly<Record<keyof DraftView['counts'], string>> = {
  verbatim: 'Verbatim',
  altered: 'Altered',
  stitched: 'Stitched together',
  misattributed: 'Another paragraph',
  not_found: 'Not in the record',
  too_short: 'Too short to say',
  paraphrase: 'In other words',
};

/** Nearest passages that are shown. */
const MAX_SHOWN = 5;

export interface CheckedProps {
  readonly item: Item;
  /** Line of the draft that it starts in, from 1. */
  readonly line: number;
}

/** One quotation of a draft, with its verdict and what the record says. */
export function Checked({ item, line }: CheckedProps) {
  const { verdict, unjudged, text, matches } = item;
  const kind = verdict ?? unjudged ?? 'not_found';
  const shown = kind === 'too_short' ? [] : matches.slice(0, MAX_SHOWN);
  return (
    <li class={`checked-item ${kind}`}>
      <h3>
        <span class="verdict">{NAMES[kind]}</span> <span class="note">line {line}</span>
      </h3>
      <blockquote>{text.trim()}</blockquote>
      <Claimed item={item} />
      <Explained kind={kind} matches={shown} />
      {shown.map((match) => (
        <Passage match={match} kind={kind} />
      ))}
      {matches.length > shown.length && kind !== 'too_short' && (
        <p class="note">And in {matches.length - shown.length} more places.</p>
      )}
    </li>
  );
}

function Claimed({ item: { claim } }: { readonly item: Item }) {
  if (!claim) return null;
  const { paragraphs, missing } = claim;
  const [first] = paragraphs;
  const named = paragraphs.length > 1 ? `paras. ${paragraphs.join(', ')}` : `para. ${first}`;
  return (
    <p class="note">
      Said to stand in {paragraphs.length === 1 && first === 0 ? 'the front matter' : named}.
      {missing.length > 0 && ` The record has no paragraph ${missing.join(', ')}.`}
    </p>
  );
}

interface ExplainedProps {
  readonly kind: keyof DraftView['counts'];
  readonly matches: readonly MatchView[];
}

/** What the verdict means here, in a sentence. */
function Explained({ kind, matches }: ExplainedProps) {
  const places = [...new Set(matches.map(({ label }) => label))].join(', ');
  const sentences: Readonly<Record<typeof kind, string>> = {
    verbatim: 'The record says so, word for word.',
    altered: 'The record has other words:',
    stitched: 'Real pieces of the record, joined into something that it does not say:',
    misattributed: `Word for word, but in ${places}:`,
    not_found: matches.length > 0 ? 'Nearest passage:' : 'Nothing in the record is like it.',
    too_short: 'So few and common words prove nothing, wherever they stand.',
    paraphrase: matches.length > 0 ? 'No quotation; the nearest sentence of the record:' : 'No quotation.',
  };
  return <p>{sentences[kind]}</p>;
}

function Passage({ match, kind }: { readonly match: MatchView; readonly kind: string }) {
  const { label, section, quote } = match;
  const differs = match.changes.length > 0 && kind !== 'not_found';
  return (
    <div class="passage">
      <p class="words">{differs ? <Difference match={match} /> : quote}</p>
      <p class="place">
        <a href={readUrl(marksOf(match))}>{label}</a> <span>{section.at(-1) ?? ''}</span>
      </p>
    </div>
  );
}

/** What is quoted, where pieces are; else all. */
function marksOf(match: MatchView): MatchView {
  const { pieces } = match;
  return pieces.length === 0 ? match : { ...match, spans: pieces.flatMap(({ spans }) => spans) };
}

/** The words of the record with those of the draft that are wrong struck out. */
function Difference({ match: { diff } }: { readonly match: MatchView }) {
  return (
    <>
      {diff.map(({ kind, text }, index) => {
        const space = index > 0 ? ' ' : '';
        if (kind === 'given') {
          return (
            <>
              {space}
              <del>
                <span class="only-heard">In the draft: </span>
                {text}
                <span class="only-heard">;</span>
              </del>
            </>
          );
        }
        if (kind === 'record') {
          return (
            <>
              {space}
              <ins>
                <span class="only-heard">In the record: </span>
                {text}
                <span class="only-heard">;</span>
              </ins>
            </>
          );
        }
        return `${space}${text}`;
      })}
    </>
  );
}
