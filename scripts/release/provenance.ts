import type { ReleaseFile } from './checksums.ts'

/** Where and from what a release was built. */
export interface BuiltFrom {
  /** The commit, 40 hexadecimal digits. */
  readonly commit: string
  /** Whether the checkout held changes that no commit has. */
  readonly changed: boolean
  readonly startedOn: Date
  readonly finishedOn: Date
  /** GitHub's variables, if a workflow builds. */
  readonly env: Readonly<Record<string, string | undefined>>
}

const repository = 'https://github.com/dmarc-as-code/dmarc-as-code'

/**
 * A provenance statement: in-toto Statement v1 with a SLSA Provenance v1 predicate (https://slsa.dev/spec/v1.0/provenance). It
 * is unsigned: the release workflow signs what it publishes (`npm publish --provenance`, attestations of GitHub), and a statement
 * made elsewhere says so by its builder.
 */
export function provenanceOf(files: readonly ReleaseFile[], from: BuiltFrom): object {
  const { env } = from
  const run =
    env.GITHUB_RUN_ID === undefined
      ? undefined
      : `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}/attempts/${env.GITHUB_RUN_ATTEMPT}`
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: files.map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: `${repository}/blob/main/CONTRIBUTING.md#releases`,
        externalParameters: { command: 'npm run release:dry', ref: env.GITHUB_REF ?? from.commit },
        internalParameters: { changedSinceCommit: from.changed },
        resolvedDependencies: [{ uri: `git+${repository}.git`, digest: { gitCommit: from.commit } }],
      },
      runDetails: {
        builder: { id: run === undefined ? `${repository}#a-checkout` : `${repository}/actions/runners/github-hosted` },
        metadata: {
          ...(run === undefined ? {} : { invocationId: run }),
          startedOn: from.startedOn.toISOString(),
          finishedOn: from.finishedOn.toISOString(),
        },
      },
    },
  }
}
