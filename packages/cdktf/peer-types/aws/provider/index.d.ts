import type { Construct } from 'constructs'
import { TerraformProvider } from '../../../src/framework.ts'

/** The part of the prebuilt binding that tests use. */
export declare class AwsProvider extends TerraformProvider {
  constructor(scope: Construct, id: string, config?: { readonly alias?: string })
}
