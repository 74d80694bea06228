import type { Construct } from 'constructs'
import { type TerraformMetaArguments, TerraformResource } from '../../../src/framework.ts'

/** The part of the prebuilt binding that is used here; a test holds it against the real one. */
export declare class CnameRecord extends TerraformResource {
  constructor(scope: Construct, id: string, config: CnameRecordConfig)
}

export interface CnameRecordConfig extends TerraformMetaArguments {
  readonly cname: string
  readonly name: string
  readonly ttl?: number
  readonly zone: string
}
