import type { AnswerView, SentenceView } from '../../response/index.js';
import { type Asked, urlOf } from './asked.js';
import { readUrl } from './links.js';

interface WrittenProps {
  readonly answer: AnswerView;
  readonly asked: Asked;
}

/**
 * A written answer: prose whose marks lead to the quotations below, and the record's own words where they stand in it as quotations that lead
 * to their place. And by what it was written.
 */
export function WrittenPart({ answer, asked }: WrittenProps) {
  const { mode, generation, sentences = [] } = answer;
  if (mode !== 'generated' || !generation) return null;
  return (
    <>
      <div class="written" dir="auto">
        {runsOf(sentences).map((run) =>
          run[0]?.words === 'record' ? (
            <Quoted sentence={run[0]} answer={answer} />
          ) : (
            <p>
              <Marked text={run.map(({ text }) => text).join(' ')} />
            </p>
          ),
        )}
      </div>
      <p class="note">
        Written by {generation.model}; each sentence was checked against the passage that it cites
        {generation.replaced > 0 &&
          `, and the record’s own words stand where ${generation.replaced} of ${generation.sentences} could not be proved`}
        {generation.removed > 0 && `, and ${generation.removed} of ${generation.sentences} left out`}.{' '}
        <a href={urlOf('/', { ...asked, answer: 'extractive' })}>Quotations alone</a>
      </p>
    </>
  );
}

/** Words of the record in the midst of prose; they lead to the place where they are marked. */
function Quoted({
  sentence: { text, citations },
  answer,
}: {
  readonly sentence: SentenceView;
  readonly answer: AnswerView;
}) {
  const citation = answer.citations.find(({ id }) => id === citations[0]);
  const [lead, ...rest] = citation ? text.split(citation.quote) : [text];
  if (!citation || rest.length === 0)
    return (
      <blockquote>
        <Marked text={text} />
      </blockquote>
    );
  return (
    <blockquote>
      {lead}
      <a href={readUrl(citation)}>{citation.quote}</a>
      <Marked text={rest.join(citation.quote)} />
    </blockquote>
  );
}

/** Sentences of the model that follow one another, and each of the record's alone. */
function runsOf(sentences: readonly SentenceView[]): SentenceView[][] {
  const runs: SentenceView[][] = [];
  for (const sentence of sentences) {
    const last = runs.at(-1);
    if (last && last[0]?.words === 'model' && sentence.words === 'model') last.push(sentence);
    else runs.push([sentence]);
  }
  return runs;
}

/** A text whose marks are links. */
function Marked({ text }: { readonly text: string }) {
  return (
    <>
      {text
        .split(/(\[\d+\])/u)
        .map((part) =>
          /^\[\d+\]$/u.test(part) ? <a href={`#citation-${part.slice(1, -1)}`}>{part}</a> : part,
        )}
    </>
  );
}
