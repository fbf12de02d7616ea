import type { z } from 'zod';
import type { chatRequest } from '../contract/door-bodies.js';
import { MAX_HISTORY, MAX_QUESTION } from '../schemas.js';

type Messages = z.output<typeof chatRequest>['messages'];

/** What the users of earlier messages asked, oldest first: the last of it that a conversation can have. */
export function historyOf(messages: Messages, position: number): string[] {
  return messages
    .slice(0, position)
    .flatMap(({ role, content }) => (role === 'user' ? [textOf(content)] : []))
    .filter((text) => text.trim() !== '' && [...text.trim()].length <= MAX_QUESTION)
    .slice(-MAX_HISTORY);
}

/** The text of the last message of a user, and its position; null where there is none. */
export function questionOf(messages: Messages): { readonly text: string; readonly position: number } | null {
  const position = messages.findLastIndex(({ role }) => role === 'user');
  const content = messages[position]?.content;
  if (content === undefined || content === null) return null;
  return { text: textOf(content), position };
}

function textOf(content: Messages[number]['content']): string {
  if (content === undefined || content === null) return '';
  const parts = typeof content === 'string' ? [content] : content.map(({ text }) => text ?? '');
  return parts.filter((part) => part !== '').join('\n');
}
