/** Documents that lie beside the code and become pages: their path in the repository, and the page's path without `.md`. */
export const placed: Readonly<Record<string, string>> = {
  'ARCHITECTURE.md': 'contribute/architecture',
  'CHANGELOG.md': 'reference/changelog',
  'CONTRIBUTING.md': 'contribute/contributing',
  'SECURITY.md': 'operate/security',
  'apps/desktop/README.md': 'reference/desktop',
  'apps/server/OPERATIONS.md': 'operate/operations',
  'apps/server/README.md': 'operate/server',
  'apps/server/SANDBOX.md': 'operate/sandbox',
  'apps/server/SIZING.md': 'operate/sizing',
  'deploy/README.md': 'operate/deploy',
  'examples/README.md': 'examples/index',
  'examples/cdktf-fleet/README.md': 'examples/cdktf-fleet',
  'examples/cdktf-rollout/README.md': 'examples/cdktf-rollout',
  'examples/cdktf-route53/README.md': 'examples/cdktf-route53',
  'examples/ci/README.md': 'examples/ci',
  'examples/evidence-rollout/README.md': 'examples/evidence-rollout',
  'examples/existing-account/README.md': 'examples/existing-account',
  'examples/terraform-quickstart/README.md': 'examples/terraform-quickstart',
  'packages/cdktf/API.md': 'reference/constructs-api',
  'packages/cdktf/OTHER-LANGUAGES.md': 'reference/other-languages',
  'packages/cdktf/README.md': 'reference/constructs',
  'packages/client/README.md': 'reference/client',
  'packages/dns/README.md': 'reference/dns',
  'packages/mcp/README.md': 'reference/mcp',
  'packages/records/README.md': 'reference/records',
  'packages/reports/README.md': 'reference/reports',
  'packages/terraform-plugin/DESIGN.md': 'reference/terraform-plugin-design',
  'packages/terraform-plugin/README.md': 'reference/terraform-plugin',
  'packages/terraform-provider/README.md': 'reference/provider',
}

/** Folders of such documents, each with the folder of its pages. */
export const placedFolders: Readonly<Record<string, string>> = {
  'packages/terraform-provider/docs': 'reference/terraform',
}
