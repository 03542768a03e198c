// Joins the page into one HTML file that opens from a disk: node single_file.mjs ROOT ESBUILD OUT. Scripts become one, style sheets stand in the
// document, and both are admitted by their SHA-256; the policy is otherwise that of the page.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [root, esbuild, out] = process.argv.slice(2);
const read = (/** @type {string} */ name) => readFileSync(join(root, name), 'utf8');
const { build, transform } = (await import(pathToFileURL(join(esbuild, 'lib/main.js')).href)).default;
const common = { minify: true, charset: 'utf8', target: 'es2023', tsconfigRaw: '{}', logLevel: 'warning' };

/** @param {string} text @param {RegExp|string} what @param {string} by */
function replaced(text, what, by) {
  const made = text.replace(what, () => by);
  if (made === text) throw new Error(`nothing to replace: ${what}`);
  return made;
}

// The worklet is a script of its own, which no document can hold but by an address that is the script.
const worklet = (await transform(read('www/sound/capture-worklet.js'), common)).code;
const address = `data:text/javascript;base64,${Buffer.from(worklet).toString('base64')}`;
const inline = {
  name: 'inline',
  /** @param {{onLoad: (which: {filter: RegExp}, load: (found: {path: string}) => {contents: string}) => void}} builder */
  setup(builder) {
    builder.onLoad({ filter: /sound\/capture\.js$/ }, ({ path }) => ({
      contents: replaced(
        readFileSync(path, 'utf8'),
        "new URL('./capture-worklet.js', import.meta.url).href",
        JSON.stringify(address),
      ),
    }));
  },
};
const joined = await build({
  ...common,
  absWorkingDir: root,
  entryPoints: ['www/app.js'],
  bundle: true,
  format: 'iife',
  write: false,
  define: { 'import.meta.url': 'document.baseURI' },
  plugins: [inline],
});
const script = joined.outputFiles[0].text.replaceAll('</script', '<\\/script');

/** @type {string[]} */
const sheets = [];
/** A style sheet, minified and admitted. @param {string} name */
async function sheet(name) {
  const { code } = await transform(read(name), { ...common, loader: 'css' });
  sheets.push(code);
  return code;
}
let html = read('index.html');
const links = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"( id="[^"]+")?>/g)];
for (const [link, href, id = ''] of links) {
  html = replaced(html, link, `<style${id}>${await sheet(href)}</style>`);
}
// Those that are otherwise added when the page is ready.
const [, later] = /const STYLES = \[([^\]]+)\]/.exec(read('www/further-parts.js')) ?? [];
for (const [, name] of later?.matchAll(/'([a-z]+)'/g) ?? []) {
  html = replaced(html, '</head>', `<style>${await sheet(`www/style/${name}.css`)}</style>\n</head>`);
}
if (sheets.length <= links.length) throw new Error('further-parts.js adds no style sheet');
html = html.replace(/\s*<link rel="(?:apple-touch-icon|manifest)"[^>]*>/g, '');
html = replaced(html, /\s*<script type="module" src="www\/app\.js"><\/script>/, '');
html = replaced(html, '<html lang="en">', '<html lang="en" data-one-file>');
html = replaced(html, '</body>', `<script>${script}</script>\n</body>`);
const sum = (/** @type {string} */ text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
html = replaced(
  html,
  "script-src 'self' 'wasm-unsafe-eval'",
  `script-src ${sum(script)} data: 'wasm-unsafe-eval'`,
);
html = replaced(html, "style-src 'self'", `style-src ${sheets.map(sum).join(' ')}`);
html = replaced(html, "img-src 'self' data: blob:", 'img-src data: blob:');
html = replaced(html, "media-src 'self' blob:", 'media-src blob:');
html = replaced(html, "worker-src 'self'; manifest-src 'self'; ", '');
writeFileSync(out, html);
