import {
  DmarcRollout,
  DmarcreportProvider,
  MonitoredDomain,
  ProviderDns,
  type RolloutStageName,
} from '@dmarc-as-code/cdktf/cdktn'
import { type App, S3Backend, TerraformOutput, TerraformStack } from 'cdktn'

export interface RolloutStackProps {
  /** The rollout never goes below it, and moves on by one stage at most. Undefined before the first apply, which begins at none. */
  readonly live?: RolloutStageName | undefined
  /** Why the rollout goes on without evidence. Only for the next apply. */
  readonly acceptRisk?: string | undefined
}

export class RolloutStack extends TerraformStack {
  constructor(app: App, id: string, { live, acceptRisk }: RolloutStackProps) {
    super(app, id)
    // For the lock of the state, below.
    this.node.setContext('targetVersions', { terraform: '>=1.10', opentofu: '>=1.10' })
    new DmarcreportProvider(this, 'dmarcreport')
    // The state is kept in a bucket of S3, with a lock; without STATE_BUCKET it is a file, to try things out.
    const { STATE_BUCKET: bucket, STATE_REGION: region } = process.env
    if (bucket) new S3Backend(this, { bucket, key: 'evidence.tfstate', region, encrypt: true, useLockfile: true })

    const rollout = new DmarcRollout(this, 'to-reject', {
      stages: [{ stage: 'none' }, { stage: 'quarantine', evidence: true }, { stage: 'reject', evidence: true }],
      // Reports take the place of a stage in test mode.
      skipStages: true,
      settings: { extraRua: ['dmarc@example.test'] },
      live,
      acceptRisk,
    })
    // Records of one's own that stand there make way, and are put back on destroy.
    const dns = new ProviderDns({ rfc2136: {}, onConflict: 'replace' })
    new MonitoredDomain(this, 'example', { address: 'example.test', hostedDmarc: rollout, dns })

    new TerraformOutput(this, 'stage', { value: rollout.stage })
    new TerraformOutput(this, 'next', { value: rollout.next?.stage ?? 'none: this is the last stage' })
  }
}
