import type { z } from 'zod';
import type { chatRequest } from '../contract/door-bodies.js';

type Messages = z.output<typeof chatRequest>['messages'];

/** The text of the last message of a user, and its position; null where there is none. */
export function questionOf(messages: Messages): { readonly text: string; readonly position: number } | null {
  const position = messages.findLastIndex(({ role }) => role === 'user');
  const content = messages[position]?.content;
  if (content === undefined || content === null) return null;
  const parts = typeof content === 'string' ? [content] : content.map(({ text }) => text ?? '');
  return { text: parts.filter((part) => part !== '').join('\n'), position };
}
