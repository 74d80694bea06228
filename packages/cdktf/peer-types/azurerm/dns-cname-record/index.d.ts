import type { Construct } from 'constructs'
import { type TerraformMetaArguments, TerraformResource } from '../../../src/framework.ts'

/** The part of the prebuilt binding that is used here; a test holds it against the real one. */
export declare class DnsCnameRecord extends TerraformResource {
  constructor(scope: Construct, id: string, config: DnsCnameRecordConfig)
}

export interface DnsCnameRecordConfig extends TerraformMetaArguments {
  readonly name: string
  readonly record?: string
  readonly resourceGroupName: string
  readonly ttl: number
  readonly zoneName: string
}
