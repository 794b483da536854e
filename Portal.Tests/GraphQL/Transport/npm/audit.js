// Asks all questions of graphql-http's audit; writes a line for each: status, tab, id and name, tab, reason.
const { serverAudits } = require('graphql-http');

const fetchFn = (url, init = {}) => fetch(url, { ...init, headers: { ...init.headers, 'GraphQL-Preflight': '1' } });

(async () => {
  for (const audit of serverAudits({ url: process.argv[2], fetchFn })) {
    const { status, reason } = await audit.fn();
    console.log(`${status}\t${audit.id} ${audit.name}\t${(reason ?? '').replace(/\s+/g, ' ')}`);
  }
})();
