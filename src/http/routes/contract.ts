import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Context, Hono } from 'hono';
import { ParaciteError } from '../../errors.js';
import { contract } from '../contract/index.js';
import { unlessKnown, validatorOf } from '../validators.js';

/** Folder of what draws the reference, put there by `npm run build`. */
const FOLDER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../dist/vendor');

/** Everything that the reference loads: two files of Swagger UI, and what starts them. */
const ASSETS: Readonly<Record<string, string>> = {
  'start.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

const START = `window.addEventListener('load', () => {
  SwaggerUIBundle({
    url: '/openapi.json',
    dom_id: '#reference',
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
  });
});
`;

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Interface - Paracite</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<link rel="icon" href="data:,">
<script src="/docs/assets/swagger-ui-bundle.js" defer></script>
<script src="/docs/assets/start.js" defer></script>
</head>
<body>
<main id="reference"><p>The contract as it is: <a href="/openapi.json">/openapi.json</a></p></main>
</body>
</html>
`;

/** The contract, for programs and, without anything from elsewhere, for people. */
export function contractRoutes(): Hono {
  const document = contract();
  const validator = validatorOf(document);
  return new Hono()
    .get('/openapi.json', (c) => unlessKnown(c, validator, () => c.json(document)))
    .get('/docs', (c) => c.html(PAGE))
    .get('/docs/assets/:file', asset);
}

async function asset(c: Context): Promise<Response> {
  const file = c.req.param('file') ?? '';
  const type = Object.hasOwn(ASSETS, file) ? ASSETS[file] : undefined;
  if (type === undefined) throw new ParaciteError('not_found', `no file "${file}"`);
  const content = file === 'start.js' ? START : await readFile(path.join(FOLDER, file), 'utf8');
  return unlessKnown(c, validatorOf(content), () => c.body(content, 200, { 'Content-Type': type }));
}
