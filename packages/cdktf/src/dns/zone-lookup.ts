import type { Construct } from 'constructs'
import {
  DefaultTokenResolver,
  StringConcat,
  type TerraformProvider,
  TerraformStack,
  Tokenization,
} from '../framework.ts'
import { isKnown } from '../problems.ts'
import { Zones, zoneLabels } from './zones.ts'

/** A zone by its id, or by its name, which a data source then looks up. */
export type ZoneById = string | ZoneByName

export interface ZoneByName {
  /** The zone's name. */
  readonly lookUp: string
}

/** How the props of a target name its zones. */
interface ZoneProps {
  readonly zoneId?: string
  readonly zoneName?: string
  readonly zones?: Readonly<Record<string, ZoneById>>
}

/** Zones by id or look-up; one of them may be the default. */
export function zonesById({ zoneId, zoneName, zones }: ZoneProps): Zones<ZoneById> {
  const defaultZone = zoneId ?? (zoneName === undefined ? undefined : { lookUp: zoneName })
  return new Zones<ZoneById>({ zones, defaultZone, defaultProp: 'zoneId' })
}

/** The data source for a zone: one for each provider of a stack, however many records ask for it. */
export function sharedLookup<Data extends Construct>(
  scope: Construct,
  kind: string,
  lookUp: string,
  provider: TerraformProvider | undefined,
  make: (stack: TerraformStack, id: string, name: string) => Data,
): Data {
  const stack = TerraformStack.of(scope)
  const name = isKnown(lookUp) ? zoneLabels(lookUp) : lookUp
  const id = [kind, isKnown(name) ? name : referenceIn(stack, name), provider?.alias].filter(Boolean).join('-')
  return (stack.node.tryFindChild(id) as Data | undefined) ?? make(stack, id, name)
}

/** A reference in letters that an id may have. */
function referenceIn(scope: Construct, token: string): string {
  const resolver = new DefaultTokenResolver(new StringConcat())
  const written = String(Tokenization.resolve(token, { scope, resolver, preparing: false }))
  return written.replace(/[^\w.-]+/g, '')
}
