import { type Cue, cuesIn, phrasesOf } from './cues.js';
import type { Token } from './tokens.js';

/** Denials of a text, without what only looks like one. */
export function denialsIn(tokens: readonly Token[]): Cue[] {
  return cuesIn(tokens, NEGATIONS).filter(
    ({ first, last }) =>
      (first === last || !AFFIRMING.has(tokens[last]?.key ?? '')) &&
      !(tokens[first]?.key === 'no' && /^\d/u.test(tokens[first + 1]?.key ?? '')),
  );
}

/** What denies. A sentence must have one where its source does, and the other way round. */
const NEGATIONS = phrasesOf(`
not only|not just|not merely|not solely|not least|no doubt|no less|nothing but|not alone|whether or not
not yet|not|no longer|no|never|neither|nor|none|nobody|nothing|nowhere|without|cannot|no one|hardly|scarcely|rarely|seldom|barely
didn't|don't|doesn't|isn't|wasn't|aren't|weren't|won't|wouldn't|couldn't|can't|shouldn't|hasn't|haven't|hadn't|mustn't
lack|lacks|lacked|lacking|absence|want of|for want|absent|missing|fail to|fails to|failed to|failing to|failure to|failed|refuse*|refusal
avoid|avoids|avoided|avoiding|caution against|cautioned against|warn against|warned against|advised against|decided against|argued against|spoke against|voted against
unable|inability|impossible|unlikely|deny|denies|denied|denial|reject|rejects|rejected|rejecting|rejection|rather than|instead of|as opposed to|far from|devoid
yet to|still to|left out|leave out|leaves out|leaving out|kept out|keep out|shut out|left aside|leave aside|leaves aside|set aside|put aside|turned down|called off|gave up|given up|do away with|done away with|cast doubt|cast doubts|questioned|fell short|falls short|fall short|zero|free of|free from|blind|out of reach|beyond reach|out of the question|anything but|in no way|by no means|on no account|under no circumstances|non|move away from|moving away from|moved away from|unless|except|excluding|ceased to|stopped|declined to|nonexistent|ruled out
`);
/** Phrases of the list above that only look like it. */
const AFFIRMING = new Set(['only', 'just', 'merely', 'solely', 'least', 'doubt', 'less', 'but', 'alone']);
/** What a denial may be put as, though it is no denial itself. */
export const NEARLY = phrasesOf(
  'limited|few|little|gap|gaps|insufficient*|inadequate*|scarc*|shortage*|shortcoming*|underreport*|until|before|pending|awaiting|yet to|other than|beyond|prohibit*|exclu*|refrain*|exempt*|waive*|prevent*',
);
/** What makes little of what stands with it. */
export const LESS = phrasesOf(
  'few|fewer|little|less|least|scarce*|limited|low|lower|insufficient*|inadequate*|short of|slight*|modest*|nominal*|weak*|poor*|gap|gaps|shortage*|shortcoming*|until|before|prohibit*|exclu*|other than|not only|away|pending|beyond|negative*',
);
/** What the sentence may put a denial of its source as. */
export const OWN_NEARLY = phrasesOf(
  'limited|few|little|gap|gaps|insufficient*|inadequate*|scarc*|shortage*|shortcoming*|prevent*|prohibit*|exclu*|pending|awaiting|yet to|before|deprivation|deprive*|other than|minimi*|against|protect* from|protect* against|free from|safe from|spared|kept from|keep from',
);
