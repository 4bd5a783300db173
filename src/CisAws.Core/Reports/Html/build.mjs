// Bundles the page with its styles, scripts and libraries into report.html, the embedded resource into which HtmlReport puts the results.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

async function bundle(entry) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['chrome109', 'firefox115', 'safari16'],
    charset: 'ascii',
    legalComments: 'none',
  });
  return result.outputFiles[0].text.trim();
}

const hash = text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const [page, style, script] = await Promise.all([readFile('page.html', 'utf8'), bundle('report.css'), bundle('main.tsx')]);

// Only these two run: whatever the results contain, a browser does not run it, and the page cannot connect to anything.
const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;

await writeFile('report.html', page.replace('{{policy}}', () => policy).replace('{{style}}', () => style).replace('{{script}}', () => script));
