import { App, TerraformStack } from 'cdktf'

/** What the TypeScript examples of the pages stand in. */
export const stack = new TerraformStack(new App(), 'examples')
