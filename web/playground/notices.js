// The third-party notices of the bundle: which packages are in it, under which
// licence, with the text. The build fails on a licence that is not permissive.
import fs from 'node:fs';
import path from 'node:path';

const PERMISSIVE = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);
const MARK = `${path.sep}node_modules${path.sep}`;

const folders = new Set();

// packageFolder returns the folder of the package that a module belongs to.
function packageFolder(id) {
  const file = path.normalize(id.replace(/^\0/, '').replace(/\?.*$/, ''));
  const at = file.lastIndexOf(MARK);
  if (at < 0) return undefined;
  const parts = file.slice(at + MARK.length).split(path.sep);
  const depth = parts[0].startsWith('@') ? 2 : 1;
  return path.join(file.slice(0, at + MARK.length), ...parts.slice(0, depth));
}

// collectPackages notes the package of every module of a bundle, workers too.
export function collectPackages() {
  return {
    name: 'collect-packages',
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const folder = packageFolder(id);
        if (folder && fs.existsSync(path.join(folder, 'package.json'))) folders.add(folder);
      }
    },
  };
}

// permitted says whether a licence expression leaves a permissive choice.
function permitted(expression) {
  const choices = expression.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((name) => PERMISSIVE.has(name.trim())));
}

// texts returns the licence and notice files of a package, as they stand.
function texts(folder) {
  return fs
    .readdirSync(folder)
    .filter((name) => /^(licen[cs]e|notice|copying|thirdpartynotices)/i.test(name))
    .sort()
    .map((name) => fs.readFileSync(path.join(folder, name), 'utf8').replace(/\r\n/g, '\n').trim());
}

// CARRIED names parts that a package brings without a licence file of their own.
const CARRIED = [
  'monaco-editor carries DOMPurify 3.1.7 (Cure53 and contributors), used under the Apache License 2.0,',
  'and the Codicon icon font (Microsoft Corporation), under CC BY 4.0.',
].join('\n');

// describe returns the heading of a package and the text of its licence.
function describe(folder) {
  const { name, version, license, author } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const licence = typeof license === 'string' ? license : '';
  if (!permitted(licence)) {
    throw new Error(`${name} ${version}: licence "${licence}" is not in the permissive list of notices.js; do not bundle it`);
  }
  const by = typeof author === 'string' ? author : author?.name;
  const found = texts(folder);
  const body = found.length > 0 ? found.join('\n\n') : `No licence file in the package. ${by ? `Author: ${by}. ` : ''}Licence: ${licence}.`;
  return { heading: `${name} ${version} (${licence})`, body };
}

// byText joins the headings of packages that share a licence text.
function byText(entries) {
  const headings = new Map();
  for (const { heading, body } of entries) {
    headings.set(body, new Set(headings.get(body)).add(heading));
  }
  return [...headings].map(([body, names]) => `${[...names].join('\n')}\n\n${body}`);
}

// writeNotices adds NOTICES.txt to the output; it comes after collectPackages.
export function writeNotices() {
  return {
    name: 'write-notices',
    generateBundle() {
      const entries = [...folders].map(describe).sort((a, b) => (a.heading < b.heading ? -1 : 1));
      const count = new Set(entries.map((entry) => entry.heading)).size;
      const head = `The playground contains these ${count} packages, under the licences that follow.\n\n${CARRIED}`;
      const rule = `\n\n${'-'.repeat(78)}\n\n`;
      this.emitFile({ type: 'asset', fileName: 'NOTICES.txt', source: [head, ...byText(entries)].join(rule) + '\n' });
    },
  };
}
