/** `npm run wasm`: compiles products.wat into module.ts, so that nothing has to be compiled where Paracite is installed. */
import { readFileSync, writeFileSync } from 'node:fs';
import wabt from 'wabt';

const source = new URL('./products.wat', import.meta.url);
const { parseWat } = await wabt();
const module = parseWat('products.wat', readFileSync(source, 'utf8'), { simd: true });
const { buffer } = module.toBinary({});
const base64 = Buffer.from(buffer).toString('base64');
writeFileSync(
  new URL('./module.ts', import.meta.url),
  `/** products.wat as WebAssembly, base64: written by \`npm run wasm\`. */\nexport const MODULE =\n  '${base64}';\n`,
);
