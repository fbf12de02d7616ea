import type { Draft } from './generate.js';
import { type Material, stretchOf, trimmed } from './material.js';

/** The record's manner of speaking, with nothing in it. */
const WHO =
  'Many speakers|Some speakers|Several speakers|A number of speakers|Various delegations|The representative of the Secretariat|One panellist|Participants|The Chair of the working group|Experts from civil society'.split(
    '|',
  );
const SAID =
  'underlined the importance of|called for|expressed concern about|shared experience with|highlighted challenges linked to|questioned the usefulness of|welcomed progress on|stressed the need for|drew attention to|reported on national pilots of'.split(
    '|',
  );
const WHAT =
  'drone surveillance along river borders|biometric passports for seafarers|night courts in tourist areas|tax amnesties for small retailers|electronic tagging of livestock|the licensing of private detectives|school meals as a deterrent|mobile laboratories for soil samples|a levy on luxury watches|the translation of parking fines|body cameras worn by bailiffs|lotteries that fund orchestras|speed limits near airports|the auction of seized racehorses|insurance against burglary|street lighting powered by wind|interpreters for sign language at toll stations|the resale of concert tickets|registers of dangerous dogs|satellite images of car parks'.split(
    '|',
  );
const WHY =
  'in order to relieve overworked magistrates|which had cost municipalities considerable sums|since earlier pilots had failed in coastal regions|provided that parliaments approved the necessary budget|while neighbouring jurisdictions waited for rulings|because insurers refused to share their claims|although retailers opposed the measure|and asked for a handbook before the next harvest|so that commuters felt safer after dark|as a complement to volunteer night watches|following a study among taxi drivers|despite objections raised by broadcasters'.split(
    '|',
  );

/** Ways to make something that the record does not have. */
export function inventedFrom(
  elsewhere: readonly string[],
): Readonly<Record<string, (material: Material) => Draft | null>> {
  return {
    'invented in the manner of the record': (material) => {
      const { random } = material;
      const [who, said, what, why] = [WHO, SAID, WHAT, WHY].map((list) => random.pick(list));
      return { quote: `${who} ${said} ${what}, ${why}.`, source: [] };
    },
    'invented in other words': (material) => {
      const { random } = material;
      const [what, why, other] = [random.pick(WHAT), random.pick(WHY), random.pick(WHAT)];
      const quote = random.pick([
        `Delegations agreed that ${what} would replace ${other}`,
        `It was noted that ${what} and ${other} were rarely combined, ${why}`,
        `The importance of ${what} was recognized, ${why}`,
        `In this regard, reference was made to ${what}, ${why}`,
      ]);
      return { quote, source: [] };
    },
    'invented from phrases of the record': (material) => {
      const { random, sentences } = material;
      const long = sentences.filter(({ words, kind }) => words.length > 8 && kind !== 'footnote');
      const phrase = () => trimmed(stretchOf(material, random.pick(long).words, 2 + random.below(2)));
      const quote = `${random.pick(WHO)} ${random.pick(SAID)} ${phrase()}, ${phrase()} and ${random.pick(WHAT)}, ${random.pick(WHY)} ${phrase()}.`;
      return { quote, source: [] };
    },
    'from another text': (material) => {
      const words = material.random.pick(elsewhere).split(' ');
      return { quote: trimmed(stretchOf(material, words, 8 + material.random.below(30))), source: [] };
    },
  };
}
