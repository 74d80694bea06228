import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { suite } from '../../vitest.shared.ts'

// Every test of src runs twice: on CDKTF, and on CDK Terrain with the framework's names changed as the build does it.
const peers = (folder: string) => join(import.meta.dirname, '.cache', folder, 'node_modules')
const project = (name: string, framework: string, others: string, exclude: string[]) => ({
  extends: true as const,
  resolve: {
    alias: [
      { find: /^cdktf$/, replacement: framework },
      { find: /^@cdktf\/(provider-(?:aws|azurerm))\//, replacement: join(peers('peers'), `@${framework}`, '$1', '/') },
      // These are not published for CDK Terrain; with them, cdktf is an alias of cdktn (see the README).
      {
        find: /^@cdktf\/(provider-(?:cloudflare|dns|google))\//,
        replacement: join(peers(others), '@cdktf', '$1', '/'),
      },
    ],
  },
  test: { name, exclude, env: { FRAMEWORK: framework } },
})
export default suite('cdktf', {
  // Most of the time a test waits for Terraform, npm or tsc, so two files at once are faster also where Vitest would take one.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  globalSetup: ['./test/temp-folder.ts', './test/peers.ts', './test/built.ts'],
  // What is in test/ is about the built package and real Terraform, and sees to both frameworks itself.
  projects: [project('cdktf', 'cdktf', 'peers', []), project('cdktn', 'cdktn', 'peers-aliased', ['test/**'])],
})
