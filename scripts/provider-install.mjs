// `npm run provider:install [-- --dir FOLDER]`: builds the Terraform provider of this repository and puts it into a
// filesystem mirror, by default .provider-mirror.
import { join } from 'node:path'
import { continueIn, installDependencies, root } from './lib/bootstrap.mjs'

installDependencies()
const args = process.argv.slice(2)
continueIn(
  'packages/terraform-provider/scripts/install-local.ts',
  args.length > 0 ? args : ['--dir', join(root, '.provider-mirror')],
)
