// Uses the client that genql generated from the portal's own introspection:
// node generated.js URL TOKEN MACHINE SECURITY_TOKEN TEXT
// It is compiled with all checks on, so that types which do not fit the schema are found before anything is asked.
import { createClient } from './client'

declare const process: { argv: [string, string, string, string, string, string, string] }

const [, , url, token, machine, securityToken, description] = process.argv
const client = createClient({ url, headers: { Authorization: `Bearer ${token}` } })
const say = (what: unknown) => console.log(JSON.stringify(what))

const use = async () => {
  const { viewer } = await client.query({ viewer: { projects: { nodes: { role: true, personal: true } } } })
  say(viewer!.projects.nodes)

  const submit = (given: string) => client.mutation({
    submitRun: {
      __args: { input: { machine, securityToken: given, description, name: 'Generated' } },
      run: { id: true, name: true, machine: { name: true } },
      errors: { __typename: true, on_InvalidInputError: { code: true, field: true } },
    },
  })
  const { submitRun } = await submit(securityToken)
  const run = submitRun.run!
  say([run.name, run.machine?.name, submitRun.errors])
  say((await submit('no-token')).submitRun.errors)

  const { runs, node } = await client.query({
    runs: { __args: { first: 1, where: { final: false } }, totalCount: true, nodes: { id: true, phase: true } },
    node: { __args: { id: run.id }, __typename: true, on_Run: { stepCount: true } },
  })
  say([runs!.totalCount, runs!.nodes[0]!.id === run.id, runs!.nodes[0]!.phase, node])
}

void use()
