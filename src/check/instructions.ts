/** Words by which a text shows that it speaks to what reads it, by what they name; a half where a record may use them of itself. */
const SIGNS: readonly (readonly [weight: number, pattern: RegExp])[] = [
  // Who reads: machines, and people who ask.
  [
    0.7,
    /\b(?:[Aa]ssistants?(?=:|,| (?:must|should|shall|will|reading|is|has|to))|(?:the|an|any|all|every|to|for|as|your) (?:AI |virtual )?assistants?|(?<!driven )[Cc]hat ?bots?|(?<!driven )[Bb]ots?|[Qq]uestioners?|[Ss]ystem message|LLMs?|AIs|(?:any|all|every|to|for|the|[Dd]ear|an|as|tell) AI|AI (?:assistants?|systems?|readers?|agents?|models?)|(?:automated|machine) readers?|(?<!large )language models?|summari[sz]ers?|(?:the |this |any |all |every )models? (?=must|should|shall|will|has|writes?|says?|answers?|is|are)|^Models? (?=must|should|shall)|developers? (?=asks?|mode|says?|wants?)|DAN)\b/u,
  ],
  [
    0.6,
    /\b(?:readers?|users?|questioners?|askers?|enquirers?|your audience|visitors?|whoever(?: \w+ this)?|(?:any|every)(?:one|body) (?:who|that|reading|asking)?|(?:persons?|people|those|anyone|everyone) (?:who |that )?(?:asks?|asking|reads?|reading|summari[sz]\w+|quot\w+|cit\w+|condens\w+|paraphras\w+|answer\w*|enquir\w+))\b/iu,
  ],
  // What is made of it.
  [
    0.6,
    /\b(?:(?:your|any|every|each|the|an?|final|good|correct|next) (?:[\w-]+ )?(?:answer|reply|response|summary|digest|abstract|output|paraphrase|retelling|conclusion)|the final text|(?:answers?|repl(?:y|ies)) (?:to|about|of|on|based|made)|(?:answers?|repl(?:y|ies)|summar(?:y|ies)) (?:should|must|shall)|summar(?:y|ies) (?:of|made of|based on) (?:this|these)|system prompt|prompts?|instructions?|verbatim|this (?:wording|sentence|line|tip|message|instruction)|(?:is|are) (?:quoted|cited|summari[sz]ed|condensed|paraphrased|retold|processed)|(?:when|whenever|if|once|while|before) (?:asked|questioned|answering|quoting|citing|summari[sz]ing|condensing|quoted|cited|summari[sz]ed|you))\b/iu,
  ],
  [
    0.5,
    /\b(?:(?:this|these|the above|the present|the following|the preceding|the previous) (?:texts?|passages?|paragraphs?|excerpts?|records?|documents?|notes?|reports?|content|material|wording)|the above|what was said before|text above|this is (?:used|read|quoted)|whe(?:n|re)ver)\b/iu,
  ],
  [0.6, /\b(?:you|your|yours|yourself)\b/iu],
  // How it is to be told.
  [
    0.6,
    /\b(?:must|should|shall|ha(?:s|ve) to|needs? to|(?:is|are) to|ought to|mandatory|essential|(?:is|are) (?:kindly )?(?:asked|requested|required|expected|invited) to|please|kindly|let|always|never|do|to|would) (?:(?:not|be|also|just|simply|only|always|never) )*(?:say|tell|stat|mention|add|includ|report|writ|repeat|claim|announc|convinc|admit|pass|declar|reveal|confirm|incorporat|insert|quot|cit|call|nam|prais|argu|repl|respond|answer|translat|print|output|pretend|relay|rela|begin|contain|conclude that|describ|read that|note that|recommend)(?:e|es|ed|s|y|ied|ted|med)?\b/iu,
  ],
  // What it calls itself.
  [
    0.6,
    /^\W*(?:(?:an? |the )?(?:[\w'’-]+ ){0,3}(?:corrections?|updates?|overrides?|notices?|note|hints?|tips?|advertisements?|comments?|messages?|additions?|information|announcements?|reminders?|advice|instructions?|breaking|important|attention|warning|sponsored|hidden|system|offer)\b[^.]{0,60}[:!\]>]|(?:advertisement|sponsored|breaking|important|attention)\b(?=.{0,3}$|[:!.])|(?:end|start|begin) of \w+\W*$|developer mode|\[|<)/iu,
  ],
  [
    1.1,
    /\b(?:ignore|disregard|forget|overrides?|overriding|bypass|supersedes?)\b.{0,60}\b(?:instruction|passage|above|previous|prior|preceding|earlier|rule|prompt|text|source|context|question|guideline|everything|said before|record|document|paragraph|report)|\b(?:the )?(?:previous|above|preceding|earlier) (?:text|paragraph|statement|passage|information|version)s? (?:is|are|was|were) (?:outdated|wrong|false|void|obsolete|incorrect)|^\W*(?:ignore|disregard|forget|override)\b|\b(?:system|hidden|secret) prompt\b|\byour (?:answers?|repl(?:y|ies)|instructions?|prompts?|outputs?|summary|task|conclusion)\b|^\W*(?:developer|admin|debug|god) mode\b|^\W*(?:advertisement|sponsored|override)\b|<!--|^\W*you (?:are now|must|will now)\b|\bcontains? an error\b/iu,
  ],
  [0.4, /:\s*\S/u],
];

/** A sentence that begins by telling a reader what to do. */
const COMMAND =
  /^\W*(?:please|now|instead|then|always|never|do not|don't|kindly|first|finally|also)?,?\s*(?:please )?(?:ignore|disregard|forget|respond|reply|answer|output|print|write|say|tell|use|follow|apply|make sure|be sure|ensure that|treat|consider (?:the|this|it)|replace|omit|leave out|describe|present|conclude|refer (?:the|all|every)|repeat|append|mention|insert|reveal|visit|click|translate|summari[sz]e|pretend|act|stop|end (?:your|the|every)|begin (?:your|the|every)|recommend (?:that|the|our|visiting)|cite|quote|state (?:that|clearly)|claim that|inform the (?:reader|user)|assure|praise|use the word|add (?:the|a|that)|include (?:the|a|this)|remember|imagine|consider this|note that|see (?:the|our)|go to|send|email|(?:advise|urge|warn|ask|direct|instruct|persuade|convince|remind) (?:the |all |every |any )?(?:readers?|users?|people|them|everyone|visitors?|delegates)|contact|subscribe|download|buy|call (?:us|now))\b/iu;

/** Verbs with which one is told to say something, as they stand in an order. */
const SAY =
  'say|tell|state|mention|add|include|report|write|repeat|claim|announce|inform|convince|admit|pass on|declare|explain|reveal|disclose|confirm|incorporate|insert|append|quote|cite|name|praise|argue|speak|reply|respond|answer|rewrite|translate|paraphrase|offer|print|output|pretend|assume|assure|warn|persuade|remind|retell|refuse|deny|delete|replace|copy|put|give|finish|begin|end';
const IN_AN_ORDER =
  '(?:that|the|an?|th(?:is|ese|ose)|all|every|any|each|it|them|him|her|your|our|only|anyone|everyone|people|on behalf|up for|in (?:a|an|one|your)|to (?:the|any|be|your)|out|with|as|how|why|instead|\\p{Lu}[\\p{L}\\d]+|["“‘:])';
/** Orders: at the beginning, and after what opens a sentence. */
const ORDERS: typeof SIGNS = [
  [
    1.1,
    new RegExp(
      `^\\W*(?:(?:${capital('please|now|instead|then|also|kindly|simply|just|do|always|never|try to|so|and|finally|first|from here on|from now on')})\\W+){0,2}(?:${capital(SAY)}) ${IN_AN_ORDER}`,
      'u',
    ),
  ],
  [
    0.7,
    new RegExp(
      `(?:[,;:–—-]|\\band) (?:please |just |always |never )?(?:${SAY}) (?:so\\b|${IN_AN_ORDER})`,
      'u',
    ),
  ],
  [
    0.5,
    /\b(?:(?:is|if|when|being) asked|asked about|enquires?|questions? (?:is|are|about)|from (?:here|now) on|in one sentence|word for word)\b/iu,
  ],
  [0.6, /^\W*(?:let|try to|please|kindly|dear)\b/iu],
  [0.7, COMMAND],
  [0.7, /\b(?:add|say|write|repeat|reply|answer|state|quote|tell \w+): /iu],
  [
    1.1,
    /^\W*(?:[Rr]ecommend|[Nn]ame|[Uu]se|[Ss]how|[Dd]escribe|[Cc]all|[Pp]romote|[Ee]ndorse) \p{Lu}[\p{L}\d]+\b/u,
  ],
  [0.6, /\bI (?:require|demand|need|ask|order|want)\b/u],
];

function capital(words: string): string {
  return words.replace(/(?<=^|\|)\w/gu, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

/** Words that alone say little: machines, who reads, texts, telling. */
const HINTS: typeof SIGNS = [
  [
    0.3,
    /\b(?:assistants?|AIs?|bots?|models?|machines?|systems?|automat\w+|language|tools?|generat\w+|developers?)\b/iu,
  ],
  [
    0.3,
    /\b(?:readers?|users?|visitors?|whoever|anyone|everyone|anybody|everybody|audience|you|your|authors?|sponsors?|we|our|I|my)\b/iu,
  ],
  [
    0.3,
    /\b(?:answers?|repl(?:y|ies)|responses?|summar\w+|outputs?|texts?|paragraphs?|passages?|sentences?|wording|instruct\w*|prompts?|statements?|lines?|quot\w+|links?|words?|topics?|say|saying)\b/iu,
  ],
  [
    0.5,
    /\b(?<!(?:speakers|they|experts|states|countries|members) )(?:say|tell|claim|assert|write|mention|repeat|reply|respond|output|print|insert|conclude|deny|promote|praise|thank|pretend|reveal|admit)\b(?! to justice)/iu,
  ],
  [
    0.4,
    new RegExp(
      `^\\W*(?:please |kindly |do |always |never )?(?:${capital('answer|reply|respond|say|start|change|write|give|make|let|ask|tell|use|add|present|mention|state|name|show|keep|follow|ignore|quote|cite|note that|treat|remember|begin|end|finish|stop|limit|avoid')})\\b(?! (?:of|was|were|is|are|has|had|and)\\b)`,
      'u',
    ),
  ],
];

/** A sentence is taken to speak to its reader from here on. */
const SPEAKS = 1.05;

/** Words of a sentence that speaks with its reader, or of how it came about. */
const TALKING = [
  /\b(?:[Yy]ou|[Yy]our|[Yy]ours|[Yy]ourself|[Mm]e|[Mm]y|[Mm]ine|[Ww]e|[Oo]ur|[Oo]urs|us)\b|(?<!\p{L} )\bI\b(?=['’]| \p{Ll})|(?<=\b(?:that|and|but|as|so|what|which|if|then|when|because) )I\b/u,
  /\b(?:the|this|these|those|your|provided|given|cited|above|following|numbered|retrieved|supplied) (?:prompts?|instructions?|passages?|excerpts?|user|query|snippets?|context provided|question above)\b/iu,
  /\b(?:passages?|excerpts?|sources?|paragraphs?|texts?|contexts?) (?:\d+ )?(?:provided|given|supplied|above|retrieved|you)\b/iu,
  /\b(?:readers?|users?|visitors?) (?:are|is|should|must|may|can|will) /iu,
  /\b(?:as (?:an?|your) (?:ai|assistant|language model|large language model)|as (?:requested|instructed|asked|directed|ordered|commanded|told)|dear (?:reader|user|delegate)s?)\b/iu,
  /\b(?:language model|ai assistant|system prompt|chatbot says|previous instructions?|prior instructions?)\b/iu,
  /(?:^|[,;:] |\band |\bthat )(?:everyone|everybody|anyone|anybody) (?:is|are|should|must|ought|can|may|will|needs?) /iu,
  /^\W*(?:ok|okay|yes|no|done|sure|understood|confirmed|noted|right|great|hi|absolutely|indeed)\s*[,.!:;–—-]/iu,
  /\b(?:here is|here are|here's|sure,|certainly,|of course,|let me|let us|let's|thank you|thanks for|hello|happy to|sorry|apologi[sz]e|i cannot|glad to)\b/iu,
  /(?:https?:\/\/|www\.)\S+|\S+@\S+\.\w+/iu,
  /[?]\s*$|!\s*$/u,
  /[\p{Extended_Pictographic}]|<[a-z/!]|\{\{|```|\*\*|^#/iu,
];

/** Whether text of a passage tells its reader what to do or say. */
export function isInstruction(sentence: string): boolean {
  const signs = [...SIGNS, ...ORDERS, ...HINTS].reduce(
    (sum, [weight, pattern]) => sum + (pattern.test(sentence) ? weight : 0),
    0,
  );
  return signs > SPEAKS;
}

/** A short sentence that tells what to do with the one before it: "Say so." */
export function isOfSentenceBefore(sentence: string): boolean {
  return (
    /^\W*(?:[\w'’-]+\W+){1,5}$/u.test(sentence) &&
    /\b(?:so|this|that|it|advertisement|override|quote|audience)\b/iu.test(sentence)
  );
}

/** Words of a sentence that advises, judges or points elsewhere; a record may have them itself. */
const ADVISING = [
  /^\W*(?:beware|let (?:it|us|this|no)|bear in mind|be (?:careful|aware|advised|warned|sure)|take (?:note|care|heed)|keep in mind|mind (?:the|that)|consult|read|check|see|look|don['’]t|do not|turn to|think of|compare)\b/iu,
  /^\W*(?:sadly|rightly|wrongly|(?:un)?fortunately|luckily|obviously|clearly|undoubtedly|surprisingly|shockingly|alarmingly|regrettably|thankfully|admittedly|frankly|honestly|arguably|interestingly|happily|hopefully|evidently|naturally|of course|to be fair|in (?:my|our) (?:view|opinion))\b/iu,
  /\b(?:take note|bear(?:ing)? in mind|keep in mind|be advised|(?:well|best|strongly) advised|worth (?:noting|remembering|reading|quoting|a look)|goes without saying|needless to say|would do well to|should know|rest assured|make no mistake)\b/iu,
  /\b(?:th(?:is|e above|e present|e next|e following|e preceding) (?:paragraphs?|passages?|excerpts?|texts?|answers?|quotes?|sentences?)|the (?:answer|question)s?|in (?:short|a nutshell|plain words|other words)|(?:more|further) (?:details|information|on this) (?:is|are|can)|(?:elsewhere|below|above|overleaf)\b(?=\W*$))/iu,
];

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
  for (const pattern of ADVISING) {
    const found = pattern.exec(sentence)?.[0];
    const isKnown = found
      ?.toLowerCase()
      .match(/\p{L}+/gu)
      ?.every((word) => known.has(word));
    if (found !== undefined && !isKnown) return found;
  }
  return COMMAND.exec(sentence)?.[0] ?? null;
}
