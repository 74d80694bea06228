import type { Construct } from 'constructs'
import { type TerraformMetaArguments, TerraformResource } from '../../../src/framework.ts'

/** The part of the prebuilt binding that is used here; a test holds it against the real one. */
export declare class Route53Record extends TerraformResource {
  constructor(scope: Construct, id: string, config: Route53RecordConfig)
}

export interface Route53RecordConfig extends TerraformMetaArguments {
  readonly allowOverwrite?: boolean
  readonly name: string
  readonly records?: string[]
  readonly ttl?: number
  readonly type: string
  readonly zoneId: string
}
