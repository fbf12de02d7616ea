import type { OutlineEntry, RecordDocument } from '../../corpus/index.js';

/** Examples on the page, and of one document. */
const MOST = 6;
/** Longest topic of an example, in characters. */
const MAX_TOPIC = 80;

/** Questions that the documents' headings answer: one for each year of a document, on its shortest topic. */
export function examplesOf(documents: readonly RecordDocument[]): string[] {
  const share = Math.max(1, Math.floor(MOST / documents.length));
  return documents
    .slice(0, MOST)
    .flatMap(({ outline }) => questionsOf(outline).slice(0, share))
    .slice(0, MOST);
}

function questionsOf(outline: readonly OutlineEntry[]): string[] {
  const leaves = outline.filter(({ level }, index) => (outline[index + 1]?.level ?? 0) <= level);
  const topics = leaves.map(({ title, year }) => ({ topic: topicOf(title), year }));
  // What several sections are called says nothing about one of them.
  const telling = topics.filter(
    ({ topic }) =>
      topic.includes(' ') &&
      topic.length <= MAX_TOPIC &&
      topics.filter((other) => other.topic === topic).length === 1,
  );
  const years = [...new Set(telling.map(({ year }) => year))];
  const dated = years.some((year) => year !== null);
  return years.flatMap((year) => {
    const [shortest] = telling
      .filter((topic) => topic.year === year)
      .sort((a, b) => a.topic.length - b.topic.length);
    if (!shortest || (dated && year === null)) return [];
    return [`What was said about ${shortest.topic}${year === null ? '' : ` in ${year}`}?`];
  });
}

/** "(c) Improving prison conditions; Reducing reoffending" is about improving prison conditions. */
function topicOf(title: string): string {
  const [first = ''] = title
    .replace(/^(?:\([a-z]\)|[IVXLC]+\.|\d+\.)\s+/u, '')
    .split(/\s*[;:]\s+|\s+[-–]\s+/u);
  return /^\p{Lu}\p{Ll}/u.test(first) ? first.charAt(0).toLowerCase() + first.slice(1) : first;
}
