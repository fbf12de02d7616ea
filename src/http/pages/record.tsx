import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type {
  Block,
  Footnote,
  Paragraph,
  RecordDocument,
  Span,
  StrayNote,
  Wording,
} from '../../corpus/index.js';
import { markOf } from '../../response/index.js';
import { type Found, type Heading, partsOf } from './find.js';
import { anchorOf } from './links.js';
import { cellsOf, type Highlights, highlighted, rangesIn, referencesIn } from './wording.js';

export interface RecordProps {
  readonly document: RecordDocument;
  readonly marks: readonly Span[];
  readonly found: Found;
  /** Number of the hit to stand at. */
  readonly hit: number;
}

/** Paragraphs that a browser lays out together, and the server writes at a time. */
const STRETCH = 20;

/**
 * The whole text of a document: headings, paragraphs with their numbers, bullets, footnotes. It comes in stretches, so
 * that neither server nor browser does all of a long document at once.
 */
export function* recordText(props: RecordProps): Generator<string> {
  let stretch: Child[] = [];
  for (const { headings, paragraph } of partsOf(props.document)) {
    stretch.push(
      headings.map((heading) => <HeadingPart {...props} heading={heading} />),
      paragraph && <Part {...props} paragraph={paragraph} />,
    );
    if (stretch.length < 2 * STRETCH) continue;
    yield String(<Stretch>{stretch}</Stretch>);
    stretch = [];
  }
  stretch.push(props.document.strayNotes.map((note) => <StrayNotePart {...props} note={note} />));
  yield String(<Stretch>{stretch}</Stretch>);
}

function Stretch({ children }: { readonly children?: Child }) {
  return <div class="stretch">{children}</div>;
}

/** Id of a heading on the reading page, by its place in the outline. */
export function headingId(position: number): string {
  return `section-${position + 1}`;
}

/** Headings of the record start under the page's own. */
function HeadingPart({ found, hit, heading }: RecordProps & { readonly heading: Heading }) {
  const { entry, position } = heading;
  const tag = `h${Math.min(entry.level + 1, 6)}`;
  const title = highlighted(entry.title, plain(found.hits.get(entry) ?? [], hit));
  return (
    <>
      {raw(`<${tag} id="${headingId(position)}">`)}
      {title}
      {raw(`</${tag}>`)}
    </>
  );
}

function Part({ document, paragraph, marks, found, hit }: RecordProps & { readonly paragraph: Paragraph }) {
  const { number } = paragraph;
  const id = anchorOf(number === 0 ? null : number);
  const notes = new Map(paragraph.footnotes.map((footnote) => [footnote.mark, footnote]));
  const known = new Set(notes.keys());
  const referred = new Set<number>();
  const reference = (mark: number): Child => {
    const first = !referred.has(mark);
    referred.add(mark);
    return (
      <sup class="reference">
        <a
          id={first ? `reference-${number}-${mark}` : undefined}
          href={`#note-${number}-${mark}`}
          aria-label={`Footnote ${mark}`}
        >
          {mark}
        </a>
      </sup>
    );
  };
  const highlights = (wording: Wording): Highlights => ({
    ...plain(found.hits.get(wording) ?? [], hit),
    quoted: rangesIn(wording, marks),
    references: referencesIn(document, wording, known),
    reference,
  });
  const text = (wording: Wording) => highlighted(wording.text, highlights(wording));
  return (
    <article id={id} class={number === 0 ? 'front' : undefined}>
      {groupsOf(paragraph.blocks).map((group, index) =>
        group.kind === 'list' ? (
          <ul>
            {group.blocks.map(({ wording }) => (
              <li>{text(wording)}</li>
            ))}
          </ul>
        ) : group.kind === 'table' ? (
          <Table rows={group.blocks} highlights={highlights} />
        ) : (
          group.blocks.map(({ wording }) => (
            <p>
              {index === 0 && number > 0 && (
                <>
                  <a class="number" href={`#${id}`}>
                    {markOf(paragraph)}
                  </a>{' '}
                </>
              )}
              {text(wording)}
            </p>
          ))
        ),
      )}
      {[...notes.values()].map((footnote) => (
        <Note footnote={footnote} paragraph={number}>
          {text(footnote.wording)}
        </Note>
      ))}
    </article>
  );
}

interface NoteProps {
  readonly footnote: Footnote;
  /** Number of the paragraph that it belongs to. */
  readonly paragraph: number;
  readonly children?: Child;
}

function Note({ footnote: { mark }, paragraph, children }: NoteProps) {
  return (
    <p class="footnote" id={`note-${paragraph}-${mark}`}>
      <sup>
        <a href={`#reference-${paragraph}-${mark}`} aria-label={`${mark}, back to the text`}>
          {mark}
        </a>
      </sup>{' '}
      {children}
    </p>
  );
}

/** A footnote that no paragraph refers to: it stands at the end. */
function StrayNotePart({ marks, found, hit, note }: RecordProps & { readonly note: StrayNote }) {
  const { mark, wording } = note;
  const highlights = { ...plain(found.hits.get(wording) ?? [], hit), quoted: rangesIn(wording, marks) };
  return (
    <p class="footnote">
      <sup>{mark}</sup> {highlighted(wording.text, highlights)}
    </p>
  );
}

interface TableProps {
  readonly rows: readonly Block[];
  readonly highlights: (wording: Wording) => Highlights;
}

function Table({ rows, highlights }: TableProps) {
  const cells = ({ wording }: Block) => cellsOf(wording.text, highlights(wording));
  const headers = rows.filter(({ kind }) => kind === 'header');
  return (
    <section class="sideways" tabindex={0} aria-label="Table">
      <table>
        {headers.length > 0 && (
          <thead>
            {headers.map((row) => (
              <tr>
                {cells(row).map((cell) => (
                  <th scope="col">{cell}</th>
                ))}
              </tr>
            ))}
          </thead>
        )}
        <tbody>
          {rows
            .filter(({ kind }) => kind === 'row')
            .map((row) => (
              <tr>
                {cells(row).map((cell) => (
                  <td>{cell}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

interface Group {
  readonly kind: 'text' | 'list' | 'table';
  readonly blocks: Block[];
}

const GROUPS: Readonly<Record<Block['kind'], Group['kind']>> = {
  body: 'text',
  bullet: 'list',
  row: 'table',
  header: 'table',
};

/** Bullets that follow one another are one list, rows one table; a header begins another. */
function groupsOf(blocks: readonly Block[]): Group[] {
  const groups: Group[] = [];
  for (const block of blocks) {
    const kind = GROUPS[block.kind];
    const last = groups.at(-1);
    if (last && last.kind === kind && block.kind !== 'header') last.blocks.push(block);
    else groups.push({ kind, blocks: [block] });
  }
  return groups;
}

function plain(hits: Highlights['hits'], current: number): Highlights {
  return { quoted: [], hits, current, references: [], reference: () => null };
}
