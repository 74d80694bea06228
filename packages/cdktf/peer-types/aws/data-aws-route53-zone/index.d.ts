import type { Construct } from 'constructs'
import { TerraformDataSource, type TerraformMetaArguments } from '../../../src/framework.ts'

/** The part of the prebuilt binding that is used here; a test holds it against the real one. */
export declare class DataAwsRoute53Zone extends TerraformDataSource {
  constructor(scope: Construct, id: string, config: DataAwsRoute53ZoneConfig)
  get zoneId(): string
}

export interface DataAwsRoute53ZoneConfig extends TerraformMetaArguments {
  readonly name?: string
}
