import { defineConfig, type ViteUserConfig } from 'vitest/config'

/**
 * The vitest settings every package shares. Packages of this repository resolve to each other's sources (the custom
 * export condition), so a test never runs against a stale build. With TEST_REPORT_DIR set, each suite leaves a JSON
 * report there, from which `npm test` counts.
 */
export function suite(name: string, test: ViteUserConfig['test'] = {}): ViteUserConfig {
  const reports = process.env.TEST_REPORT_DIR
  return defineConfig({
    // Only the conditions of Node itself: with `module` the AWS SDK's bundler builds would be taken, with `import` a
    // require() of pg would get an ES module.
    ssr: { resolve: { conditions: ['@dmarc-as-code/source', 'node'] } },
    resolve: { conditions: ['@dmarc-as-code/source', 'node', 'import', 'module', 'default'] },
    test: {
      name,
      include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
      testTimeout: 20_000,
      hookTimeout: 60_000,
      reporters: reports ? ['default', ['json', { outputFile: `${reports}/${name}.json` }]] : ['default'],
      ...test,
    },
  })
}
