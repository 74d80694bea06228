import type { Construct } from 'constructs'
import { type TerraformMetaArguments, TerraformResource } from '../../../src/framework.ts'

/** The part of the prebuilt binding that is used here; a test holds it against the real one. */
export declare class DnsRecordSet extends TerraformResource {
  constructor(scope: Construct, id: string, config: DnsRecordSetConfig)
}

export interface DnsRecordSetConfig extends TerraformMetaArguments {
  readonly managedZone: string
  readonly name: string
  readonly project?: string
  readonly rrdatas?: string[]
  readonly ttl?: number
  readonly type: string
}
