// A provider of OpenID Connect for tests, on a free port of the loopback. It prints its port, then reads lines of JSON:
// {"redirects": [...]} once, whereupon it serves and prints "ready"; {"person": {"sub": ..., claims}} as often as one likes.
// Ends with its input.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

const people = new Map();
let answer = (request, response) => response.writeHead(503).end();
const server = createServer((request, response) => answer(request, response));
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));

function serve(redirects) {
  const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
    clients: [{ client_id: 'portal', client_secret: 'of the portal and nobody else', redirect_uris: redirects }],
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], groups: ['groups'] },
    scopes: ['openid', 'profile', 'email', 'groups'],
    pkce: { required: () => true },
    cookies: { keys: ['for tests'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
  });
  answer = provider.callback();
  console.log('ready');
}

createInterface({ input: process.stdin }).on('line', line => {
  const { redirects, person } = JSON.parse(line);
  if (redirects) serve(redirects);
  if (person) people.set(person.sub, person);
  if (person) console.log('known');
}).on('close', () => process.exit(0));
