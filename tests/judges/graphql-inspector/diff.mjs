// Compares two schemas: node diff.mjs OLD NEW. Prints one JSON object: what changed, with how much it matters, and what
// graphql-js finds wrong with the new one.
import { readFile } from 'node:fs/promises';
import { diff } from '@graphql-inspector/core';
import { buildSchema, validateSchema } from 'graphql';

const [before, after] = await Promise.all(
  process.argv.slice(2, 4).map(async (file) => buildSchema(await readFile(file, 'utf8'))),
);
const errors = validateSchema(after).map(({ message }) => message);
const changes = (await diff(before, after)).map(({ criticality, message, path }) => ({
  level: criticality.level,
  message,
  path,
}));
console.log(JSON.stringify({ errors, changes }));
