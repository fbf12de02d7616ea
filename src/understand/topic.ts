import { SAYING } from './words.js';

/** A question taken apart at what it is about. */
export interface Framed {
  readonly before: string;
  readonly topic: string;
  readonly after: string;
}

const END = '(?<after>[\\s?.!]*)$';
/** Questions for all that was said on something, and for what something is. The topic is what follows, to the end. */
const FRAMES = [
  /^(?<before>.*?\b(?:said|say|says|saying|stated|discuss(?:ed)?|mention(?:ed)?|report(?:ed)?|noted?|highlighted|recommend(?:ed)?|spoken?|talk(?:ed)?|heard|known|think|thought|words|anything|something|everything|statements?|views?|discussions?|concerns?) (?:about|on|of|regarding|concerning|for|against) )(?<topic>.+?)/u,
  /^(?<before>.*?\b(?:about|regarding|concerning|dealt with|deals with|deal with|covered|devoted to) )(?<topic>.+?)/u,
  /^(?<before>(?:what|who) (?:is|are|was|were) )(?!\p{L}+ed\b|said\b|done\b|held\b|made\b)(?<topic>.+?)(?: (?:about|like|for))?/u,
  /^(?<before>what (?:does|do|did) )(?<topic>.+?) (?:mean|stand for|do|contain|say|cover|involve|include)/u,
  /^(?<before>(?:is|are|was|were) there (?:(?:any|some|an?) )?)(?<topic>.+?)/u,
  /^(?<before>(?:did|does|do|has|have) (?:anyone|anybody|someone|speakers?|the record|they) (?:mention(?:ed)?|discuss(?:ed)?|say anything (?:about|on)|talk(?:ed)? about) )(?<topic>.+?)/u,
].map((frame) => new RegExp(frame.source + END, 'iu'));

/** Words that a topic can be said in place of "it": longer ones read badly. */
const LONGEST = 14;

export function framed(question: string): Framed | null {
  for (const frame of FRAMES) {
    const groups = frame.exec(question)?.groups;
    if (groups?.topic === undefined || groups.before === undefined) continue;
    const { before, topic } = groups;
    return { before, topic, after: question.slice(before.length + topic.length) };
  }
  return null;
}

/** What a question is about, as words that can stand for "it"; null where the question does not show it. */
export function topicOf(question: string): string | null {
  const topic = framed(question)?.topic;
  return topic === undefined || topic.split(/\s+/u).length > LONGEST ? null : topic;
}

/** Who is asked to have said or done something: "the President" in "What did the President say?" */
export function actorIn(question: string): Framed | null {
  const groups = new RegExp(
    `^(?<before>(?:what else|what|how|why|when|where|which [\\p{L}-]+|did|does|has) (?:did |does |do |has |have |had )?)(?<topic>(?:\\S+ ){1,14}?)(?<after>(?:${SAYING})\\b.*)$`,
    'iu',
  ).exec(question)?.groups;
  const { before, topic, after } = groups ?? {};
  if (before === undefined || topic === undefined || after === undefined) return null;
  return { before, topic: topic.trim(), after: ` ${after}` };
}
