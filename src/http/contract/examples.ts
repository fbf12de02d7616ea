import type { z } from 'zod';
import type { askBody, verifyBody } from '../schemas.js';
import type * as bodies from './bodies.js';

/** Answers as they were given, shown in the reference. Only the outline is cut short. */

const INDEX = '433644df1c06021a';
const PRISONS = [
  "II. 2021-2024 CCPCJ Thematic Discussions: Chair's summaries of the deliberations",
  '2. 2022 Thematic Discussions – Pillar II: Advancing Criminal justice Systems',
  '(c) Improving prison conditions; Reducing reoffending through rehabilitation and reintegration',
];

export const SEARCH: z.input<typeof bodies.searchAnswer> = {
  query: 'alternatives to prison',
  results: [
    {
      document: 'ccpcj-chairs-summaries-2021-2024',
      paragraph: 70,
      label: 'para. 70',
      section: PRISONS,
      year: 2022,
      score: 0.9193,
      snippet:
        'A representative from the Crime Prevention and Criminal Justice Section presented long-standing and persisting prison challenges, including overincarceration, overcrowding, as well as systemic neglect and vulnerability to threats.',
      url: '/v1/documents/ccpcj-chairs-summaries-2021-2024/paragraphs/70',
    },
    {
      document: 'ccpcj-chairs-summaries-2021-2024',
      paragraph: 82,
      label: 'para. 82',
      section: [
        "II. 2021-2024 CCPCJ Thematic Discussions: Chair's summaries of the deliberations",
        '2. 2022 Thematic Discussions – Pillar II: Advancing Criminal justice Systems',
        '(d) Mainstreaming a gender perspective into criminal justice systems; Addressing the vulnerabilities of children and youth in contact with the criminal justice system',
        'Mainstreaming a gender perspective in criminal justice systems',
      ],
      year: 2022,
      score: 0.8093,
      snippet:
        'Concern was expressed over the fact that many women were in prison for administrative offenses rather than crimes.',
      url: '/v1/documents/ccpcj-chairs-summaries-2021-2024/paragraphs/82',
    },
  ],
  scope: [],
  index: INDEX,
  tookMs: 6.1,
};

export const ASK_REQUEST: z.input<typeof askBody> = {
  question: 'What was said about prison overcrowding in 2022?',
  limit: 2,
};

export const ASK: z.input<typeof bodies.askAnswer> = {
  status: 'answered',
  answer:
    '“Most speakers identified prison overcrowding as one of the biggest obstacles to a secure, safe, humane and human rights-compliant penitentiary system and stressed the need to focus efforts on addressing the root causes of overcrowding rather than merely its symptoms.” [1]\n\n“She reconfirmed that despite regional variations, prison overcrowding remained a global challenge, while noting a lack of universal standards on the minimum space allocated per prisoner, which made comparisons difficult.” [2]',
  citations: [
    {
      id: 1,
      quote:
        'Most speakers identified prison overcrowding as one of the biggest obstacles to a secure, safe, humane and human rights-compliant penitentiary system and stressed the need to focus efforts on addressing the root causes of overcrowding rather than merely its symptoms.',
      spans: [[53018, 53289]],
      document: 'ccpcj-chairs-summaries-2021-2024',
      paragraph: 71,
      label: 'para. 71',
      section: PRISONS,
      year: 2022,
      score: 0.9329,
      url: '/v1/documents/ccpcj-chairs-summaries-2021-2024/paragraphs/71',
      leadIn: null,
      footnote: null,
    },
    {
      id: 2,
      quote:
        'She reconfirmed that despite regional variations, prison overcrowding remained a global challenge, while noting a lack of universal standards on the minimum space allocated per prisoner, which made comparisons difficult.',
      spans: [[51305, 51529]],
      document: 'ccpcj-chairs-summaries-2021-2024',
      paragraph: 70,
      label: 'para. 70',
      section: PRISONS,
      year: 2022,
      score: 0.8672,
      url: '/v1/documents/ccpcj-chairs-summaries-2021-2024/paragraphs/70',
      leadIn: null,
      footnote: null,
    },
  ],
  passages: [
    {
      document: 'ccpcj-chairs-summaries-2021-2024',
      paragraph: 71,
      label: 'para. 71',
      section: PRISONS,
      year: 2022,
      score: 0.9329,
      snippet:
        'Most speakers identified prison overcrowding as one of the biggest obstacles to a secure, safe, humane and human rights-compliant penitentiary system and stressed the need to focus efforts on addressing the root causes of overcrowding rather than merely its symptoms.',
      url: '/v1/documents/ccpcj-chairs-summaries-2021-2024/paragraphs/71',
    },
    {
      document: 'ccpcj-chairs-summaries-2021-2024',
      paragraph: 70,
      label: 'para. 70',
      section: PRISONS,
      year: 2022,
      score: 0.8672,
      snippet:
        'She reconfirmed that despite regional variations, prison overcrowding remained a global challenge, while noting a lack of universal standards on the minimum space allocated per prisoner, which made comparisons difficult.',
      url: '/v1/documents/ccpcj-chairs-summaries-2021-2024/paragraphs/70',
    },
  ],
  confidence: 0.927,
  mode: 'extractive',
  scope: [{ kind: 'year', value: '2022', words: 'in 2022', mode: 'filter' }],
  index: INDEX,
  tookMs: 9.4,
};

/** The answer to "and in 2022?" after the same question about 2023. */
export const FOLLOW_UP: z.input<typeof bodies.askAnswer> = {
  ...ASK,
  understood: {
    question: 'What was said about prison overcrowding in 2022?',
    from: 'history',
    by: 'rule',
    earlier: 'What was said about prison overcrowding in 2023?',
    carried: ['What was said about prison overcrowding'],
  },
};

export const NOT_FOUND: z.input<typeof bodies.askAnswer> = {
  status: 'not_found',
  answer: null,
  citations: [],
  passages: [
    {
      document: 'ccpcj-chairs-summaries-2021-2024',
      paragraph: 10,
      label: 'para. 10',
      section: ['I. Background'],
      year: null,
      score: 0.9036,
      snippet:
        'Representatives of the Basel Institute on Governance, the Conference of Ministers of Justice of the Ibero-American Countries, the Council of Europe (COE), the Counter-Terrorism Committee Executive Directorate (CTED), the Department of Peace Operations (DPO), the European Institute for Crime Prevention and Control …',
      url: '/v1/documents/ccpcj-chairs-summaries-2021-2024/paragraphs/10',
    },
  ],
  confidence: 0,
  mode: 'extractive',
  scope: [],
  index: INDEX,
  tookMs: 5.7,
};

export const VERIFY_REQUEST: z.input<typeof verifyBody> = {
  quote: 'Most speakers identified prison overcrowding as the biggest obstacle',
  paragraph: 71,
};

export const VERIFY: z.input<typeof bodies.verifyAnswer> = {
  verdict: 'altered',
  tooShort: false,
  matches: [
    {
      document: 'ccpcj-chairs-summaries-2021-2024',
      paragraph: 71,
      label: 'para. 71',
      section: PRISONS,
      year: 2022,
      url: '/v1/documents/ccpcj-chairs-summaries-2021-2024/paragraphs/71',
      quote: 'Most speakers identified prison overcrowding as one of the biggest obstacles',
      spans: [[53018, 53098]],
      similarity: 0.8,
      changes: [
        { source: 'one of', given: '' },
        { source: 'obstacles', given: 'obstacle' },
      ],
      pieces: [],
      diff: [
        { kind: 'same', text: 'Most speakers identified prison overcrowding as' },
        { kind: 'record', text: 'one of' },
        { kind: 'same', text: 'the biggest' },
        { kind: 'record', text: 'obstacles' },
        { kind: 'given', text: 'obstacle' },
      ],
    },
  ],
};

export const DOCUMENTS: z.input<typeof bodies.documentList> = {
  documents: [
    {
      id: 'ccpcj-chairs-summaries-2021-2024',
      title:
        "Chair's summaries on the 2021 to 2024 thematic discussions of the Commission on Crime Prevention and Criminal Justice on the implementation of the Kyoto Declaration",
      shortTitle: "Chair's summaries 2021-2024",
      date: '2025-01-16',
      language: 'en',
      symbol: null,
      body: 'Commission on Crime Prevention and Criminal Justice',
      sha256: '27480f6d947ad034a515901546a9f08a15445ec1078b2cbccbe1416c2ddcd665',
      paragraphs: 163,
      url: '/v1/documents/ccpcj-chairs-summaries-2021-2024',
    },
  ],
};

export const DOCUMENT: z.input<typeof bodies.documentDetail> = {
  id: 'ccpcj-chairs-summaries-2021-2024',
  title:
    "Chair's summaries on the 2021 to 2024 thematic discussions of the Commission on Crime Prevention and Criminal Justice on the implementation of the Kyoto Declaration",
  shortTitle: "Chair's summaries 2021-2024",
  date: '2025-01-16',
  language: 'en',
  symbol: null,
  body: 'Commission on Crime Prevention and Criminal Justice',
  sha256: '27480f6d947ad034a515901546a9f08a15445ec1078b2cbccbe1416c2ddcd665',
  paragraphs: 163,
  url: '/v1/documents/ccpcj-chairs-summaries-2021-2024',
  frontMatter: true,
  outline: [
    { kind: 'part', title: 'I. Background', level: 1, year: null, from: 1, to: 12, span: [1014, 1027] },
    {
      kind: 'part',
      title: "II. 2021-2024 CCPCJ Thematic Discussions: Chair's summaries of the deliberations",
      level: 1,
      year: null,
      from: 13,
      to: 156,
      span: [15025, 15105],
    },
    {
      kind: 'year',
      title: '1. 2021 Thematic Discussions – Pillar I: Advancing Crime prevention',
      level: 2,
      year: 2021,
      from: 13,
      to: 51,
      span: [15107, 15174],
    },
  ],
  source: '/v1/documents/ccpcj-chairs-summaries-2021-2024/source',
};

export const PARAGRAPH: z.input<typeof bodies.paragraphAnswer> = {
  document: 'ccpcj-chairs-summaries-2021-2024',
  paragraph: 3,
  label: 'para. 3',
  section: ['I. Background'],
  year: null,
  url: '/v1/documents/ccpcj-chairs-summaries-2021-2024/paragraphs/3',
  text: 'During the summer of 2021, the Commission on Crime Prevention and Criminal Justice adopted a multi-year workplan for the thematic discussions. The workplan follows the four pillars of the Kyoto Declaration, with one pillar discussed each year. The first round of thematic discussions was held from 10 to 12 November 2021, focusing on Pillar I: Advancing Crime Prevention. The second round of Thematic Discussions was held from 5 to 7 December 2022 with a focus on Pillar II: Advancing Criminal Justice Systems. The third round of Thematic Discussions was held from 21 to 22 September 2023, focusing on Pillar III: Promoting the Rule of Law. The fourth and last round of Thematic Discussions was held from 2 to 4 December 2024, focusing on Pillar IV: Promoting International Cooperation and Technical Assistance to Prevent and Address All Forms of Crime.',
  spans: [[2597, 3489]],
  bullets: [],
  footnotes: [
    {
      mark: 1,
      text: "The Chair's Summary of the 2021 CCPCJ Thematic Discussions on the Implementation of the Kyoto Declaration, with symbol E/CN/15/2022/CRP.1, can be found here.",
      spans: [[4146, 4308]],
    },
    {
      mark: 2,
      text: "The Chair's Summary of the 2022 CCPCJ Thematic Discussions on the Implementation of the Kyoto Declaration, with symbol E/CN/15/2023/CRP1, can be found here.",
      spans: [[4312, 4473]],
    },
    {
      mark: 3,
      text: "The Chair's Summary of the 2023 CCPCJ Thematic Discussions on the Implementation of the Kyoto Declaration, with symbol E/CN/15/2024/CRP.2, can be found here.",
      spans: [[4477, 4639]],
    },
    {
      mark: 4,
      text: "The Chair's Summary of the 2024 CCPCJ Thematic Discussions on the Implementation of the Kyoto Declaration, with symbol E/CN/15/2025/CRP.1, can be found here.",
      spans: [[4643, 4805]],
    },
  ],
  previous: '/v1/documents/ccpcj-chairs-summaries-2021-2024/paragraphs/2',
  next: '/v1/documents/ccpcj-chairs-summaries-2021-2024/paragraphs/4',
};

/** The same answer as events. */
export const EVENTS = [
  ['passages', { passages: ASK.passages, scope: ASK.scope }] as const,
  ...ASK.citations.map((citation) => ['citation', citation] as const),
  ['done', ASK] as const,
]
  .map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  .join('');

export const REINDEXING: z.input<typeof bodies.reindexProgress> = {
  state: 'running',
  index: null,
  startedAt: '2025-03-01T09:30:00.000Z',
  finishedAt: null,
  progress: { stage: 'encoding', done: 4096, total: 10813 },
};
