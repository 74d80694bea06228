/**
 * Which package of this repository a package may import; ARCHITECTURE.md shows the same table. `product` holds for what
 * is published or shipped (`src/` without tests), `development` adds what its tests and scripts may import as well.
 * Folders that are not listed here (bench, examples, scripts, test-peers, test-support) may import every package by name.
 */
export const allowedImports: Record<string, { product: string[]; development: string[] }> = {
  'packages/records': { product: [], development: [] },
  'packages/primitives': { product: ['records'], development: [] },
  'packages/reports': { product: ['records'], development: [] },
  'packages/client': { product: ['primitives', 'records', 'reports'], development: [] },
  'packages/dns': { product: ['primitives', 'records', 'reports'], development: [] },
  'packages/terraform-plugin': { product: [], development: [] },
  'packages/terraform-provider': {
    product: ['primitives', 'records', 'client', 'dns', 'terraform-plugin'],
    development: ['server'],
  },
  'packages/mcp': { product: ['primitives', 'records', 'client', 'dns'], development: ['server'] },
  'packages/cdktf': {
    product: ['primitives', 'records', 'client', 'dns', 'terraform-provider'],
    development: ['server'],
  },
  'apps/server': { product: ['primitives', 'records', 'reports', 'client', 'dns'], development: [] },
  'apps/desktop': { product: ['primitives', 'records', 'client', 'dns', 'server'], development: [] },
}

/** Folders of the repository whose files serve tests and tools only: no product file may import them. */
export const developmentFolders = ['bench', 'examples', 'scripts', 'test-peers', 'test-support']
