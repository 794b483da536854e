// What both servers here have in common: the schema, the data and the resolvers, as Portal.Benchmarks/GraphQL/Serving has them.
import { readFileSync } from 'node:fs'

// Nothing outlives the benchmark.
process.stdin.resume().on('end', () => process.exit())

const folder = process.argv[2]
const data = JSON.parse(readFileSync(`${folder}/data.json`))

export const typeDefs = readFileSync(`${folder}/schema.graphql`, 'utf8')

export const resolvers = {
  Query: {
    hello: () => 'world',
    runs: (_, { first }) => data.runs.slice(0, first),
  },
  Run: {
    machine: (run) => data.machines[run.machineId],
    workflow: (run) => data.workflows[run.workflowId],
  },
}
