import type { Config } from '../config.js';
import { ParaciteError } from '../errors.js';
import { calibrate, trainCheck, trainRanker } from '../eval/index.js';
import { WEIGHTS } from '../retrieve/index.js';
import { Service } from '../service.js';

/** `paracite calibrate`: trains the check of written sentences, the ranking and then the confidence on the first document that has a sidecar. For developers. */
export async function calibrateCommand(config: Config): Promise<number> {
  const service = await Service.open(config);
  try {
    const { documents, embeddings } = service.index;
    const document = documents.find(({ questions }) => questions.length > 0);
    if (!document)
      throw new ParaciteError('corpus', 'calibration needs a document with a sidecar of questions');
    await trainCheck(document, console.log);
    const withQuestions = await trainRanker(document, embeddings, console.log);
    await calibrate(document, embeddings, { ...WEIGHTS, withQuestions }, console.log);
  } finally {
    await service.close();
  }
  return 0;
}
