/** Text that wants to take over whoever reads it: what follows it belongs to it. */
const TAKEOVER = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,60}\b(?:instruction|passage|above|previous|prior|preceding|earlier|rule|prompt|text|source|context|question|guideline|everything|this record|this document|this paragraph|this report)/iu,
  /^\W*(?:system|assistant|user|developer|instructions?|(?:important )?note to (?:the )?\w+|attention)\b[^.]{0,30}:/iu,
  /\b(?:ai|a\.i\.|language|chat|virtual|automated)[ -](?:assistants?|models?|systems?|bots?|agents?|readers?)\b.{0,80}\b(?:must|should|shall|will|need|are|reply|answer|respond|write|say|read|state)\b/iu,
  /\b(?:chatbots?|assistants?|llms?|models?|machines?) (?:that |which )?(?:read|process|summari[sz]|answer)\w*\b/iu,
  /\byour (?:answers?|repl(?:y|ies)|responses?|instructions?|prompts?|outputs?|summary|task|role|system)\b/iu,
  /\byou (?:are|must|should|will|shall|have to|need to|can|may) (?:now |not |always |only )?\w+/iu,
  /\b(?:system|hidden|secret) prompt\b/iu,
  /\b(?:any|all|every|to|for|the|dear) (?:ai|a\.i\.|llms?|assistants?|models?|bots?|chatbots?|agents?|machines?|summari[sz]ers?)\b[^.]{0,60}[:,]/iu,
  /:\s*["“]?(?:please |now |always |never |do not )?(?:ignore|disregard|forget|respond|reply|answer|output|print|write|say|tell|repeat|append|mention|insert|reveal|translate|summari[sz]e|pretend|state that|claim that|add that|report that)\b/iu,
];

/** A sentence that tells how what is read is to be told on. */
const RETELLING = [
  /\b(?:texts?|content|outputs?|wording|sentences?|reports?|accounts?) (?:generated|written|produced|drawn|made|derived|based)\b.{0,60}\b(?:must|should|shall|(?:is|are|has|have) to|needs? to|ought to)\b/iu,
  /\b(?:whoever|anyone who|everyone who|those who|people who|readers who) \w+ (?:this|it|these|them|the above)\b.{0,60}\b(?:must|should|shall|may|can|(?:is|are|has|have) to|needs? to|ought to)\b/iu,
  /\b(?:whoever|anyone|everyone|anybody|everybody|those|people|persons|readers?|writers?|editors?) (?:who |that )?\w+ (?:this|the|these) (?:paragraphs?|passages?|texts?|records?|documents?|reports?|summar(?:y|ies)|excerpts?|sections?|lines?|material)\b/iu,
  /\b(?:this|these|the above|the present|the preceding|the following) (?:paragraphs?|passages?|texts?|sentences?|excerpts?|lines?|wording)\b.{0,80}\b(?:must|should|shall|(?:is|are|has|have) to|to (?:write|say|add|state|mention|report|claim))\b/iu,
  /\b(?:summar(?:y|ies)|digests?|abstracts?|outputs?|paraphrases?|answers?|repl(?:y|ies)|retelling) (?:of|based on|from|about|to|made from) (?:this|the|these|that|any)\b[^.]{0,60}\b(?:must|should|shall|ha(?:s|ve) to|needs? to|(?:is|are) to|ought to|(?:is|are) (?:asked|requested|required|expected))\b/iu,
  /\b(?:any|every|each|all|the) (?:summar(?:y|ies)|answers?|repl(?:y|ies)|digests?|abstracts?|outputs?)\b[^.]{0,30}\b(?:must|should|shall|ha(?:s|ve) to|needs? to|(?:is|are) to)\b/iu,
  /\b(?:readers?|whoever|anyone|everyone|anybody|everybody|those|people) (?:of this|who (?:reads?|summari[sz]es?|quotes?|cites?)|reading|summari[sz]ing|quoting|citing|answering)\b/iu,
  /\b(?:when|whenever|if|once|while|before|after) (?:this|the|these|that|you|it)?[^.,]{0,30}\b(?:is|are|being|was)? ?(?:condensed|summari[sz]ed|summari[sz]ing|paraphrased|retold|quoted|cited|processed|answering|asked about|asked)\b[^.]{0,20},/iu,
  /\b(?:in|for|to) (?:your|any|every|each|all) (?:summar(?:y|ies)|answers?|repl(?:y|ies)|outputs?|responses?)\b/iu,
];

/** A sentence that begins by telling a reader what to do. */
const COMMAND =
  /^\W*(?:please|now|instead|then|always|never|do not|don't|kindly|first|finally|also)?,?\s*(?:please )?(?:ignore|disregard|forget|respond|reply|answer|output|print|write|say|tell|use|follow|apply|make sure|be sure|ensure that|treat|consider (?:the|this|it)|replace|omit|leave out|describe|present|conclude|refer (?:the|all|every)|repeat|append|mention|insert|reveal|visit|click|translate|summari[sz]e|pretend|act|stop|end (?:your|the|every)|begin (?:your|the|every)|recommend (?:that|the|our|visiting)|cite|quote|state (?:that|clearly)|claim that|inform the (?:reader|user)|assure|praise|use the word|add (?:the|a|that)|include (?:the|a|this)|remember|imagine|consider this|note that|see (?:the|our)|go to|send|email|(?:advise|urge|warn|ask|direct|instruct|persuade|convince|remind) (?:the |all |every |any )?(?:readers?|users?|people|them|everyone|visitors?|delegates)|contact|subscribe|download|buy|call (?:us|now))\b/iu;

/** Words of a sentence that speaks with its reader, or of how it came about. */
const TALKING = [
  /\b(?:[Yy]ou|[Yy]our|[Yy]ours|[Yy]ourself|[Mm]e|[Mm]y|[Mm]ine|[Ww]e|[Oo]ur|[Oo]urs|us)\b|(?<!\p{L} )\bI\b(?=['’]| \p{Ll})|(?<=\b(?:that|and|but|as|so|what|which|if|then|when|because) )I\b/u,
  /\b(?:the|this|these|those|your|provided|given|cited|above|following|numbered|retrieved|supplied) (?:prompts?|instructions?|passages?|excerpts?|user|query|snippets?|context provided|question above)\b/iu,
  /\b(?:passages?|excerpts?|sources?|paragraphs?|texts?|contexts?) (?:\d+ )?(?:provided|given|supplied|above|retrieved|you)\b/iu,
  /\b(?:readers?|users?|visitors?) (?:are|is|should|must|may|can|will) /iu,
  /\b(?:as (?:an?|your) (?:ai|assistant|language model|large language model)|as (?:requested|instructed|asked|directed|ordered|commanded|told)|dear (?:reader|user|delegate)s?)\b/iu,
  /\b(?:language model|ai assistant|system prompt|chatbot says|previous instructions?|prior instructions?)\b/iu,
  /(?:^|[,;:] |\band |\bthat )(?:everyone|everybody|anyone|anybody|people|one) (?:is|are|should|must|ought|can|may|will|needs?) /iu,
  /^\W*(?:ok|okay|yes|no|done|sure|understood|confirmed|noted|right|great|hi|absolutely|indeed)\s*[,.!:;–—-]/iu,
  /\b(?:here is|here are|here's|sure,|certainly,|of course,|let me|let us|let's|thank you|thanks for|hello|happy to|sorry|apologi[sz]e|i cannot|glad to)\b/iu,
  /(?:https?:\/\/|www\.)\S+|\S+@\S+\.\w+/iu,
  /[?]\s*$|!\s*$/u,
  /[\p{Extended_Pictographic}]|<[a-z/!]|\{\{|```|\*\*|^#/iu,
];

/** Whether text of a passage would take over a machine that reads it. */
export function isTakeover(sentence: string): boolean {
  return TAKEOVER.some((pattern) => pattern.test(sentence));
}

/** Whether text of a passage tells its reader what to do. */
export function isInstruction(sentence: string): boolean {
  return COMMAND.test(sentence) || RETELLING.some((pattern) => pattern.test(sentence));
}

/**
 * Where a sentence speaks to its reader, follows an instruction or talks of the prompt; null where it does not.
 *
 * @param sentence without what it quotes
 * @param known words that the passages have: a record may itself speak of "our world"
 */
export function talkIn(sentence: string, known: ReadonlySet<string>): string | null {
  for (const [number, pattern] of TALKING.entries()) {
    const found = pattern.exec(sentence)?.[0];
    if (found === undefined) continue;
    // A name that begins so: "Our Common Agenda".
    if (number === 0 && /^(?:Our|My|Your|We)$/u.test(found) && known.has(found.toLowerCase())) continue;
    if (/^(?:https?:|www)/iu.test(found) && known.has(found.toLowerCase())) continue;
    return found;
  }
  return COMMAND.exec(sentence)?.[0] ?? (isTakeover(sentence) ? sentence : null);
}
