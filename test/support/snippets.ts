/** A fenced piece of a Markdown file. */
export interface Snippet {
  readonly language: string;
  readonly text: string;
  /** Number of its first line, from 1. */
  readonly line: number;
}

/** Every fenced snippet of a Markdown file, in order. */
export function snippetsIn(markdown: string): Snippet[] {
  const lines = markdown.split('\n');
  const snippets: Snippet[] = [];
  let open: { readonly fence: string; readonly language: string; readonly from: number } | null = null;
  for (const [at, line] of lines.entries()) {
    const fence = /^ {0,3}(`{3,}|~{3,})\s*(\S*)/u.exec(line);
    if (!open) {
      if (fence?.[1]) open = { fence: fence[1], language: fence[2] ?? '', from: at + 1 };
    } else if (fence?.[1]?.startsWith(open.fence)) {
      const text = lines.slice(open.from, at).join('\n');
      snippets.push({ language: open.language, text, line: open.from + 1 });
      open = null;
    }
  }
  if (open) throw new Error(`the snippet that begins at line ${open.from} has no end`);
  return snippets;
}

/** How a snippet is run: as a whole suite that is running already, until it serves, to its end in a shell, or as a module. */
export type Kind = 'suite' | 'server' | 'shell' | 'module';

/** @throws Error for a snippet that nobody would run */
export function kindOf({ language, text, line }: Snippet): Kind {
  if (language === 'js') return 'module';
  if (language !== 'sh') {
    throw new Error(
      `README.md:${line}: nobody runs a snippet in "${language}"; write it as sh or js, or in a line of text`,
    );
  }
  if (/\bnpm test\b/u.test(text)) return 'suite';
  return /\bnpm start\b|\bserve\b/u.test(text) ? 'server' : 'shell';
}
