import type { Construct } from 'constructs'
import { TerraformDataSource, type TerraformMetaArguments } from '../../../src/framework.ts'

/** The part of the prebuilt binding that is used here; a test holds it against the real one. */
export declare class DataCloudflareZone extends TerraformDataSource {
  constructor(scope: Construct, id: string, config: DataCloudflareZoneConfig)
  get id(): string
}

export interface DataCloudflareZoneConfig extends TerraformMetaArguments {
  readonly filter?: { readonly name?: string }
}
