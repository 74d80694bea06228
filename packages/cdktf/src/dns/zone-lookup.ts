import { createHash } from 'node:crypto'
import { Construct } from 'constructs'
import {
  DefaultTokenResolver,
  StringConcat,
  type TerraformProvider,
  TerraformStack,
  Tokenization,
} from '../framework.ts'
import { isKnown, type Problems } from '../problems.ts'
import type { Shape } from '../shape.ts'
import { checkZoneNames, Zones, zoneLabels } from './zones.ts'

/** A zone by its id, or by its name, which a data source then looks up. */
export type ZoneById = string | ZoneByName

export interface ZoneByName {
  /** The zone's name. */
  readonly lookUp: string
}

/** How the props of a target name its zones. */
interface ZoneProps {
  readonly zoneId?: string | undefined
  readonly zoneName?: string | undefined
  readonly zones?: Readonly<Record<string, ZoneById>> | undefined
}

/** The shapes of these props. */
export const zoneShapes = {
  zoneId: 'name',
  zoneName: 'name',
  zones: {
    map: {
      oneOf: ['name', { fields: { lookUp: 'name' }, required: ['lookUp'], aliases: { name: 'lookUp' } }],
      expected: 'the id of a zone, or { lookUp: name }',
    },
  },
} satisfies Record<string, Shape>

/** Zones by id or look-up; one of them may be the default. */
export function zonesById({ zoneId, zoneName, zones }: ZoneProps, problems: Problems): Zones<ZoneById> {
  checkZoneNames(Object.keys(zones ?? {}), 'zones', problems)
  if (zoneId !== undefined && zoneName !== undefined) {
    problems.add('zoneId', 'found together with zoneName, expected one of them. Remove the other.')
  }
  checkId(zoneId, 'zoneId', problems)
  for (const [suffix, zone] of Object.entries(zones ?? {})) {
    if (typeof zone === 'string') checkId(zone, `zones.${suffix}`, problems)
  }
  const defaultZone = zoneId ?? (zoneName === undefined ? undefined : { lookUp: zoneName })
  const dnsNameOf = (zone: ZoneById) => (typeof zone === 'string' ? undefined : zone.lookUp)
  return new Zones<ZoneById>({ zones, defaultZone, defaultProp: 'zoneId', dnsNameOf })
}

/** Ids have no dots: one that has is a name, which the service would not find. */
function checkId(id: string | undefined, prop: string, problems: Problems): void {
  if (!isKnown(id) || !id.includes('.')) return
  const fix = prop === 'zoneId' ? 'Set zoneName instead.' : `Write { lookUp: ${JSON.stringify(id)} }.`
  problems.add(prop, `found ${JSON.stringify(id)}, which is a name, expected the id of a zone. ${fix}`)
}

/** The data source for a zone: one for each provider of a stack, however many records ask for it. */
export function sharedLookup<Data extends Construct>(
  scope: Construct,
  kind: string,
  lookUp: string,
  provider: TerraformProvider | undefined,
  make: (scope: Construct, id: string, name: string) => Data,
): Data {
  const stack = TerraformStack.of(scope)
  const name = isKnown(lookUp) ? zoneLabels(lookUp) : lookUp
  const asked = [kind, isKnown(name) ? name : referenceIn(stack, name), provider?.alias ?? '']
  // Names in Terraform lose their dots, so that two zones could share one: the hash tells them apart.
  const hash = createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 8)
  const id = `${kind}-${asked[1]?.replace(/[^\w-]+/g, '-')}-${hash}`
  const zones = stack.node.tryFindChild(SCOPE) ?? new Construct(stack, SCOPE)
  return (zones.node.tryFindChild(id) as Data | undefined) ?? make(zones as Construct, id, name)
}

const SCOPE = 'dmarc-dns-zones'

/** A reference as text. */
function referenceIn(scope: Construct, token: string): string {
  const resolver = new DefaultTokenResolver(new StringConcat())
  return String(Tokenization.resolve(token, { scope, resolver, preparing: false }))
}
