// Puts a finished build into a folder, or compares it with one:
//
//   node pack.js BUILT DIST            replaces DIST
//   node pack.js BUILT DIST --check    exits 1 if DIST does not hold BUILT
//
// Files under assets/ are kept as .gz alone: that is what browsers are sent,
// and it is a quarter of the size in the repository and in the binary. The
// comparison looks at contents, so that it does not depend on the compressor.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

const [built, dist, mode] = process.argv.slice(2);

// contents maps the name of every file below a folder to its uncompressed bytes.
function contents(folder) {
  const files = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const entries = files
    .filter((file) => file.isFile())
    .map((file) => {
      const whole = path.join(file.parentPath ?? file.path, file.name);
      const name = path.relative(folder, whole).split(path.sep).join('/');
      const bytes = fs.readFileSync(whole);
      return name.endsWith('.gz') ? [name.slice(0, -3), zlib.gunzipSync(bytes)] : [name, bytes];
    });
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function write(files) {
  fs.rmSync(dist, { recursive: true, force: true });
  for (const [name, bytes] of files) {
    const packed = name.startsWith('assets/');
    const file = path.join(dist, packed ? `${name}.gz` : name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, packed ? zlib.gzipSync(bytes, { level: 9 }) : bytes);
  }
}

// differences lists the names whose contents are not the same on both sides.
function differences(want, have) {
  const names = new Set([...want.keys(), ...have.keys()]);
  return [...names].filter((name) => !want.get(name)?.equals(have.get(name) ?? Buffer.alloc(0)));
}

const files = contents(built);
if (mode === '--check') {
  const wrong = differences(files, contents(dist));
  for (const name of wrong) console.error(`${name}: the committed build differs from its source; run web/build and commit`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
} else {
  write(files);
}
