import { Hono } from 'hono';
import type { DraftView } from '../../response/index.js';
import { parse } from '../problems.js';
import { draftForm, MAX_DRAFT } from '../schemas.js';
import { Layout } from './layout.js';
import type { PageOptions } from './options.js';
import { Checked, NAMES } from './verdict.js';

const PAGE = '/verify';

interface Asked {
  readonly text: string;
  readonly paragraph: number | null;
}

/** Whether what somebody else wrote is what the record says: a sentence, or every quotation of a draft. */
export function verifyPage({ ready, assets }: PageOptions): Hono {
  const page = (asked: Asked, view: DraftView | null) => (
    <Layout assets={assets} place="verify" title="Verify">
      <h1>Verify a quotation or a draft</h1>
      <p>
        Quotations in quotation marks or block quotes (<code>&gt;</code>), and what “paragraph 71” is said to
        say, are compared with the record word by word. A text without marks is taken for a quotation itself.
      </p>
      <VerifyForm {...asked} />
      {view && <Results view={view} draft={asked.text} />}
    </Layout>
  );
  return new Hono()
    .get(PAGE, (c) => {
      ready();
      return c.html(page({ text: '', paragraph: null }, null));
    })
    .post(PAGE, async (c) => {
      const responder = ready();
      const { text, paragraph } = parse(draftForm, await c.req.parseBody());
      return c.html(
        page(
          { text, paragraph },
          await responder.verifyDraft({ text, paragraph }, { signal: c.req.raw.signal }),
        ),
      );
    });
}

function VerifyForm({ text, paragraph }: Asked) {
  return (
    <form class="verify" action={PAGE} method="post">
      <label for="text">Sentence or draft</label>
      {/* A browser drops the line break that a text area begins with: one more keeps the text what it is. */}
      <textarea id="text" name="text" rows={10} maxlength={MAX_DRAFT} required dir="auto">
        {`\n${text}`}
      </textarea>
      <div class="line">
        <label for="paragraph">
          Paragraph, for what names none <span class="note">(may be left empty)</span>
        </label>
        <input
          id="paragraph"
          name="paragraph"
          type="number"
          min={0}
          step={1}
          value={paragraph === null ? '' : String(paragraph)}
        />
        <button type="submit" class="main">
          Verify
        </button>
      </div>
    </form>
  );
}

function Results({ view, draft }: { readonly view: DraftView; readonly draft: string }) {
  const { items, counts, unchecked } = view;
  const found = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${NAMES[kind as keyof typeof NAMES].toLowerCase()}`);
  return (
    <section class="results" aria-labelledby="results">
      <h2 id="results">What was found</h2>
      <p id="summary" role="status">
        {items.length === 0 ? 'Nothing to check.' : `${found.join(', ')}.`}
        {unchecked > 0 && ` ${unchecked} not checked: too many, or longer than 10,000 characters.`}
      </p>
      <ol class="checked">
        {items.map((item) => (
          <Checked item={item} line={draft.slice(0, item.start).split('\n').length} />
        ))}
      </ol>
    </section>
  );
}
