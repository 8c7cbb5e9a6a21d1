// Bundles script/main.mjs with its chart library into one minified script. Writes it as a C++ file,
// with its hash for the page's policy and the licences of its parts.
//
//   node bundle.mjs SCRIPT_DIRECTORY PACKAGES_DIRECTORY OUTPUT.cpp
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join, resolve} from 'node:path';

const [scripts, packages, output] = process.argv.slice(2).map((path) => resolve(path));
const esbuild = createRequire(join(packages, 'package.json'))('esbuild');

const result = await esbuild.build({
  entryPoints: [join(scripts, 'main.mjs')],
  nodePaths: [join(packages, 'node_modules')],
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2020',
  charset: 'ascii',
  legalComments: 'none',
  metafile: true,
  write: false,
});
const code = result.outputFiles[0].text.trim();
// Either text would end the page's <script> element, or hide its end. esbuild escapes both; this
// line fails if it ever does not.
if (/<\/script|<!--/i.test(code)) throw new Error('the bundle cannot stand inside of <script>');

// The packages in the bundle, from the paths of its input files.
function licences() {
  const names = new Set();
  for (const [path, {bytesInOutput}] of Object.entries(
           Object.values(result.metafile.outputs)[0].inputs)) {
    const inside = path.split('node_modules/').at(-1);
    if (!path.includes('node_modules/') || bytesInOutput === 0) continue;
    names.add(inside.split('/').slice(0, inside.startsWith('@') ? 2 : 1).join('/'));
  }
  const texts = new Map();
  for (const name of [...names].sort()) {
    const folder = join(packages, 'node_modules', name);
    const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license'].map((f) => join(folder, f))
                     .find(existsSync);
    const text = file ? readFileSync(file, 'utf8').trim() : `License: ${about.license}`;
    // Many packages share an author and a licence text.
    texts.set(text, [...(texts.get(text) ?? []), `${about.name} ${about.version}`]);
  }
  return [...texts].map(([text, of]) => `${of.join(', ')}\n\n${text}\n`).join('\n\n');
}

function literal(text) {
  const end = 'bundle';
  if (text.includes(`)${end}"`)) throw new Error(`the bundle contains )${end}"`);
  return `R"${end}(${text})${end}"`;
}

const hash = createHash('sha256').update(code, 'utf8').digest('base64');
writeFileSync(output, `// Written by bundle.mjs.
#include "reports/dashboard/bundle.hpp"

const std::string_view awlab::reports::kBundle = ${literal(code)};

const std::string_view awlab::reports::kBundleHash = "sha256-${hash}";

const std::string_view awlab::reports::kBundleLicences = ${literal(licences())};
`);
