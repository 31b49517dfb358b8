// Builds web/dist: app.css, app.js, icons.svg, licences.txt and the files of public/. A part whose sources are older than its result is left alone.
// node web/build.mjs [--force]
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const web = dirname(fileURLToPath(import.meta.url)), root = dirname(web), dist = join(web, 'dist');
const force = process.argv.includes('--force');
mkdirSync(dist, { recursive: true });

const files = (folder, pattern) => existsSync(folder)
  ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter(f => f.isFile() && pattern.test(f.name)).map(f => join(f.parentPath, f.name)) : [];
const newest = list => Math.max(0, ...list.map(f => statSync(f).mtimeMs));
const stale = (name, sources) => force || !existsSync(join(dist, name)) || statSync(join(dist, name)).mtimeMs < newest([...sources, lock, self]);
const lock = join(root, 'package-lock.json'), self = fileURLToPath(import.meta.url);

function styles() {
  const pages = files(join(root, 'internal'), /\.(templ|go)$/).filter(f => !/_(test|templ)\.go$/.test(f));
  if (!stale('app.css', [...pages, join(web, 'theme.css'), ...files(join(web, 'css'), /\.css$/)])) return;
  const cli = join(root, 'node_modules/@tailwindcss/cli/dist/index.mjs');
  execFileSync(process.execPath, [cli, '-i', join(web, 'theme.css'), '-o', join(dist, 'app.css'), '--minify'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
}

async function scripts() {
  if (!stale('app.js', [...files(join(web, 'src'), /\.ts$/), join(web, 'words.json')])) return;
  await build({ entryPoints: [join(web, 'src/main.ts')], outfile: join(dist, 'app.js'), bundle: true, minify: true, target: 'es2020', format: 'iife', legalComments: 'none', logLevel: 'warning' });
}

// One sprite: <symbol> carries the stroke, so that <use> needs nothing but a colour and a size.
function icons() {
  if (!stale('icons.svg', [join(web, 'icons.txt')])) return;
  const names = readFileSync(join(web, 'icons.txt'), 'utf8').split('\n').map(s => s.trim()).filter(Boolean);
  const symbols = names.map(name => {
    const svg = readFileSync(join(root, 'node_modules/lucide-static/icons', `${name}.svg`), 'utf8');
    const inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '').replace(/\s*\n\s*/g, '');
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${inside}</symbol>`;
  });
  writeFileSync(join(dist, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('\n')}</svg>\n`);
}

function copies() {
  for (const f of readdirSync(join(web, 'public'))) if (stale(f, [join(web, 'public', f)])) copyFileSync(join(web, 'public', f), join(dist, f));
}

// The notices of what is built in; the program serves them beside the assets.
function licences() {
  if (!stale('licences.txt', [])) return;
  const parts = ['idb', 'lucide-static', 'signature_pad', 'tailwindcss', 'daisyui'].map(name => `== ${name}\n\n${readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8').trim()}\n`);
  writeFileSync(join(dist, 'licences.txt'), parts.join('\n'));
}

styles(); icons(); copies(); licences();
await scripts();
