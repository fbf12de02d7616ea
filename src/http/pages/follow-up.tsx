import type { Understood } from '../../understand/index.js';
import { MAX_HISTORY } from '../schemas.js';
import { type Asked, urlOf } from './asked.js';

/** Longest history in an address, in characters as written there: what is longer goes on from what was understood last. */
const MAX_IN_ADDRESS = 4000;

interface FollowUpProps {
  readonly asked: Asked;
  readonly understood: Understood | undefined;
}

/** A field for what one asks next. What was asked until then goes along in the address, so that it can be shared. */
export function FollowUp({ asked, understood }: FollowUpProps) {
  const history = historyAfter(asked, understood);
  const kept = new URLSearchParams(urlOf('', { ...asked, q: undefined, after: history }));
  return (
    <form class="question no-print" action="/" method="get" data-follow-up>
      <label for="follow-up">Ask on</label>
      <div class="line">
        <input
          id="follow-up"
          name="q"
          type="search"
          maxlength={2000}
          required
          autocomplete="off"
          enterkeyhint="search"
          placeholder="and in 2023? why? what about children?"
          dir="auto"
        />
        <button type="submit">Ask on</button>
      </div>
      {[...kept].map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </form>
  );
}

function historyAfter({ q, after }: Asked, understood: Understood | undefined): string[] {
  const all = [...after, ...(q === undefined ? [] : [q])];
  const fits = all.length <= MAX_HISTORY && encodeURIComponent(all.join()).length <= MAX_IN_ADDRESS;
  return fits ? all : [understood?.question ?? q ?? ''];
}
