/** What a new project depends on. A test holds it against this package's own manifest. */
export const versions = {
  '@dmarc-as-code/cdktf': '^0.1.0',
  cdktf: '^0.21.0',
  cdktn: '^0.24.0',
  constructs: '~10.7.0',
  '@types/node': '^24.9.0',
  typescript: '^5.9.0',
} as const
