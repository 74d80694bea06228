import { discoverZone, type Resolver } from '@dmarc-as-code/dns/resolver'
import { isWithin, recordsOfType } from '@dmarc-as-code/dns/wire'
import { wordList } from '@dmarc-as-code/primitives'
import type { Config } from '../config/schema.ts'
import { type Finding, ok, problem } from './finding.ts'

/** Milliseconds for all of it. */
const timeout = 20_000

/** Whether the world finds the hosted zone: delegation, glue, and each name server's answer. */
export async function checkZone({ hostedZone }: Config, resolver: Resolver): Promise<Finding[]> {
  const { name } = hostedZone
  let found: Awaited<ReturnType<typeof discoverZone>>
  try {
    found = await discoverZone({ name, resolver, timeout })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [problem('delegation', `${name} could not be looked up: ${why} Check the resolver of this machine.`)]
  }
  const own = hostedZone.nameServers.map((server) => server.name).sort()
  if (found.zone !== name) {
    const records = own.length > 0 ? wordList(own) : 'the name servers of its DNS service'
    return [
      problem(
        'delegation',
        `${name} is not delegated: it lies in ${found.zone || 'the root'}. Add NS records for ${records} there, with glue.`,
      ),
    ]
  }
  const findings: Finding[] = []
  if (found.delegationMatches === false) {
    findings.push(
      problem(
        'delegation',
        `The parent names ${wordList(found.delegation ?? [])}, the zone ${wordList(found.nsNames)}. Make both the same.`,
      ),
    )
  }
  if (hostedZone.service === undefined && own.join() !== [...found.nsNames].sort().join()) {
    findings.push(
      problem(
        'delegation',
        `The zone is served by ${wordList(found.nsNames)}, and hostedZone.nameServers has ${wordList(own)}.`,
      ),
    )
  }
  findings.push(...glueFindings(hostedZone, found.nameServers))
  if (findings.length === 0) findings.push(ok('delegation', `${name} is delegated to ${wordList(found.nsNames)}.`))
  return [...findings, ...(await serverFindings(name, found.nameServers, resolver))]
}

type NameServers = Awaited<ReturnType<typeof discoverZone>>['nameServers']

function glueFindings({ name, nameServers, service }: Config['hostedZone'], seen: NameServers): Finding[] {
  if (service !== undefined) return []
  return nameServers.flatMap((server) => {
    if (!isWithin(server.name, name)) return []
    const wanted = [...server.ipv4, ...server.ipv6].sort()
    const found = [
      ...(seen.find((each) => each.name === server.name)?.servers.map(({ address }) => address) ?? []),
    ].sort()
    if (found.length === 0 || found.join() === wanted.join()) return []
    return [
      problem(
        'glue',
        `${server.name} is found at ${wordList(found)}, and configured with ${wordList(wanted)}. Correct the glue in the parent zone.`,
      ),
    ]
  })
}

async function serverFindings(zone: string, servers: NameServers, resolver: Resolver): Promise<Finding[]> {
  const run = resolver.begin({ timeout })
  return Promise.all(
    servers.map(async (server): Promise<Finding> => {
      const answer = await run.askNameServer({ name: zone, type: 'SOA' }, server)
      const soa = recordsOfType(answer.records, 'SOA', zone)[0]
      const name = server.name ?? server.servers[0]?.address ?? 'a server'
      if (soa) return ok('name server', `${name} answers with serial ${soa.data.serial}.`)
      const why = answer.error ?? answer.outcome
      return problem(
        'name server',
        `${name} does not answer for ${zone} (${why}). Let UDP and TCP port 53 through to it, and check that it runs.`,
      )
    }),
  )
}
