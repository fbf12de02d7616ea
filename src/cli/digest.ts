import type { Config } from '../config.js';
import { written } from '../digest/index.js';
import { ParaciteError } from '../errors.js';
import { parseDigest } from '../http/index.js';
import { inProcess } from '../response/index.js';
import { writeWhole } from '../write.js';
import { openService } from './open-service.js';

export interface DigestArguments {
  readonly topic: string;
  /** Markdown where undefined. */
  readonly format: string | undefined;
  /** File to write instead of the terminal. */
  readonly output: string | undefined;
  /** Years, sections and documents, as `/v1/digest` takes them. */
  readonly limits: Readonly<Record<string, readonly string[]>>;
}

/** `paracite digest`: what was said on a topic, checked and answered like a request to `/v1/digest`. */
export async function digestCommand(config: Config, args: DigestArguments): Promise<number> {
  const { query, format = 'markdown' } = parseDigest({
    ...args.limits,
    topic: [args.topic],
    ...(args.format !== undefined && { format: [args.format] }),
  });
  if (format === 'docx' && args.output === undefined) {
    throw new ParaciteError('bad_request', 'docx is no text for a terminal; name a file with --output');
  }
  const service = await openService(config);
  try {
    const view = await inProcess(service).digest(query);
    const file = await written(view, format);
    if (args.output === undefined) process.stdout.write(file);
    else await writeWhole(args.output, file);
  } finally {
    await service.close();
  }
  return 0;
}
