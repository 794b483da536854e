// mercurius as its documentation starts it, and with its JIT from the first request on, which is off by default.
import Fastify from 'fastify'
import mercurius from 'mercurius'
import { resolvers, typeDefs } from './served.js'

const app = Fastify()
app.register(mercurius, { schema: typeDefs, resolvers, jit: 1 })
console.log(await app.listen({ host: '127.0.0.1', port: 0 }))
