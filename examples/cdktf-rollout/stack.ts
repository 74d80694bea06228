import {
  DmarcRollout,
  DmarcreportProvider,
  MonitoredDomain,
  ProviderDns,
  type RolloutStageName,
} from '@dmarc-as-code/cdktf/cdktn'
import { type App, S3Backend, TerraformOutput, TerraformStack } from 'cdktn'

export interface RolloutStackProps {
  /** The rollout never goes below it, and moves on by one stage at most. */
  readonly live: RolloutStageName
  /** From 0 to 1. Without it, the last stage waits: no measurement is no reason to move, in either direction. */
  readonly passRate: number | undefined
  readonly now: Date
}

export class RolloutStack extends TerraformStack {
  constructor(app: App, id: string, { live, passRate, now }: RolloutStackProps) {
    super(app, id)
    // For the lock of the state, below.
    this.node.setContext('targetVersions', { terraform: '>=1.10', opentofu: '>=1.10' })
    new DmarcreportProvider(this, 'dmarcreport')
    // The state is kept in a bucket of S3, with a lock; without STATE_BUCKET it is a file, to try things out.
    const { STATE_BUCKET: bucket, STATE_REGION: region } = process.env
    if (bucket) new S3Backend(this, { bucket, key: 'rollout.tfstate', region, encrypt: true, useLockfile: true })

    const rollout = new DmarcRollout(this, 'to-reject', {
      stages: [
        { stage: 'none' },
        { stage: 'quarantine-test', from: '2026-03-01' },
        { stage: 'quarantine', from: '2026-04-01' },
        // From the middle of the year, once nearly all mail passes. It stays when the share falls: anyone can send failing mail.
        { stage: 'reject', from: '2026-06-01', when: passRate === undefined ? undefined : passRate >= 0.98 },
      ],
      settings: { extraRua: ['dmarc@example.test', 'postmaster@shop.test'], failureOptions: '1' },
      live,
      now,
    })

    // Records of one's own that stand there make way, and are put back on destroy.
    const dns = new ProviderDns({ rfc2136: {}, onConflict: 'replace' })
    for (const address of ['example.test', 'shop.test']) {
      new MonitoredDomain(this, address, { address, hostedDmarc: rollout, dns })
    }

    new TerraformOutput(this, 'stage', { value: rollout.stage })
    new TerraformOutput(this, 'next', { value: rollout.next?.stage ?? 'none: this is the last stage' })
  }
}
