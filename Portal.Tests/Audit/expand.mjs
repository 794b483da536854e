// Expands a JSON-LD document (standard input) with contexts from a file (first argument) and without a network. Nothing may be dropped:
// a word that no context knows is a fault.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [contexts, library] = process.argv.slice(2);
const { default: jsonld } = await import(pathToFileURL(library));
const known = JSON.parse(readFileSync(contexts, 'utf8'));
const document = JSON.parse(readFileSync(0, 'utf8'));
const documentLoader = async (url) => {
  if (!known[url]) throw new Error(`The context ${url} is not in the fixture.`);
  return { contextUrl: null, documentUrl: url, document: known[url] };
};
const expanded = await jsonld.expand(document, { documentLoader, safe: true, base: 'arcp://name,crate/' });
process.stdout.write(JSON.stringify(expanded));
