// graphql-yoga as its documentation starts it, with its caches of parsing and validation, which are there by default.
import { createServer } from 'node:http'
import { createSchema, createYoga } from 'graphql-yoga'
import { resolvers, typeDefs } from './served.js'

const server = createServer(createYoga({ schema: createSchema({ typeDefs, resolvers }), logging: false, graphiql: false }))
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
