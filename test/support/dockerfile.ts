/** One instruction of a Dockerfile, its lines joined. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** The stages of a Dockerfile, in order. Reads the instructions that ours has, and no others. */
export interface Stage {
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

export function stagesOf(dockerfile: string): Stage[] {
  const lines = dockerfile
    .replaceAll(/\\\n/gu, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const stages: { name: string; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [, name = '', text = ''] = /^(\w+)\s+(.*)$/u.exec(line) ?? [];
    if (name === 'FROM')
      stages.push({ name: / AS (\w+)/u.exec(text)?.[1] ?? String(stages.length), instructions: [] });
    else stages.at(-1)?.instructions.push({ name, text });
  }
  return stages;
}

/** `A=1 B="two words"` */
export function assignmentsIn(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/(\w+)=(?:"([^"]*)"|(\S+))/gu)].map(([, name, quoted, plain]) => [
      name,
      quoted ?? plain ?? '',
    ]),
  );
}
