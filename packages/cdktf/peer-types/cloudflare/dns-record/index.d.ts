import type { Construct } from 'constructs'
import { type TerraformMetaArguments, TerraformResource } from '../../../src/framework.ts'

/** The part of the prebuilt binding that is used here; a test holds it against the real one. */
export declare class DnsRecord extends TerraformResource {
  constructor(scope: Construct, id: string, config: DnsRecordConfig)
}

export interface DnsRecordConfig extends TerraformMetaArguments {
  readonly content?: string
  readonly name: string
  readonly proxied?: boolean
  readonly ttl: number
  readonly type: string
  readonly zoneId: string
}
