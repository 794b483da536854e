// Follows subscriptions with the clients that people use; writes what came, a line of JSON for each.
const ws = require('graphql-ws');
const sse = require('graphql-sse');
const WebSocket = require('ws');

const url = process.argv[2];
const queries = [
  '{ hello }',
  'mutation { note(input: {text: "x"}) { text } }',
  'subscription { count(upTo: 3) }',
  '{ nothing }',
  'subscription { broken }',
];

async function all(iterable) {
  const answers = [];
  try {
    for await (const answer of iterable) answers.push(answer);
  } catch (error) {
    const errors = Array.isArray(error) ? error : [error];
    answers.push({ refused: errors.map((one) => one.message) });
  }
  return answers;
}

(async () => {
  const sockets = ws.createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, connectionParams: { token: 'x' }, keepAlive: 50 });
  for (const query of queries) console.log(JSON.stringify(['ws', await all(sockets.iterate({ query }))]));
  const both = await Promise.all([all(sockets.iterate({ query: queries[2] })), all(sockets.iterate({ query: queries[2] }))]);
  console.log(JSON.stringify(['ws', both]));
  const left = sockets.iterate({ query: 'subscription { forever }' });
  console.log(JSON.stringify(['ws', (await left.next()).value]));
  await left.return();
  await sockets.dispose();
  const streams = sse.createClient({ url });
  for (const query of queries) console.log(JSON.stringify(['sse', await all(streams.iterate({ query }))]));
  const stream = streams.iterate({ query: 'subscription { forever }' });
  console.log(JSON.stringify(['sse', (await stream.next()).value]));
  await stream.return();
  streams.dispose();
})();
