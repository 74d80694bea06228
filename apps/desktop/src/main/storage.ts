import { join } from 'node:path'
import { fileJournalStore, type JournalStore } from '@dmarc-as-code/dns/apply'
import type { Clock } from '@dmarc-as-code/primitives'
import { Redactor } from '@dmarc-as-code/primitives'
import { utilityProcess } from 'electron'
import { ActivityStore } from './activity/activity-store.ts'
import { builtFile } from './built-files.ts'
import { ConfigStore } from './config/config-store.ts'
import { CredentialStore } from './dns/credential-store.ts'
import { HistoryStore } from './history/history-store.ts'
import { Log } from './log/log.ts'
import { EvidenceFile } from './reports/evidence-file.ts'
import { KeyringProcess } from './secrets/keyring-process.ts'
import { KeytarStore } from './secrets/keytar-store.ts'
import { LastSeenFile } from './watch/last-seen.ts'

/** Everything the app keeps on this computer. */
export interface Storage {
  readonly redactor: Redactor
  readonly log: Log
  readonly config: ConfigStore
  readonly history: HistoryStore
  readonly lastSeen: LastSeenFile
  readonly evidenceFile: EvidenceFile
  readonly activityStore: ActivityStore
  readonly journals: JournalStore
  readonly secrets: KeytarStore
  readonly credentials: CredentialStore
  /** The process that talks to the password store; on Linux only. */
  readonly keyring: KeyringProcess | undefined
}

interface StorageOptions {
  readonly folder: string
  readonly clock: Clock
  /** The password store answers after it did not. */
  readonly onSecretsAvailable: () => void
}

export function createStorage({ folder, clock, onSecretsAvailable }: StorageOptions): Storage {
  const redactor = new Redactor()
  const config = new ConfigStore(join(folder, 'config.json'), clock.now)
  const start = () => utilityProcess.fork(builtFile('main', 'keyring.js'), [], { serviceName: 'DMARC Watch keyring' })
  const keyring = process.platform === 'linux' ? new KeyringProcess({ start, clock }) : undefined
  const secrets = new KeytarStore({
    keytar: async () => keyring?.ready() ?? (await import('keytar')).default,
    service: 'DMARC Watch',
    clock,
    onAnswered: onSecretsAvailable,
  })
  return {
    redactor,
    log: new Log(join(folder, 'logs', 'dmarc-watch.log'), redactor, clock.now),
    config,
    history: new HistoryStore(join(folder, 'history.jsonl')),
    activityStore: new ActivityStore(join(folder, 'activity.json')),
    lastSeen: new LastSeenFile(join(folder, 'last-seen.json')),
    evidenceFile: new EvidenceFile(join(folder, 'evidence.json')),
    journals: fileJournalStore(join(folder, 'dns-journals')),
    secrets,
    credentials: new CredentialStore({
      secrets,
      load: () => config.get().dnsAccess,
      save: (dnsAccess) => void config.update((current) => ({ ...current, dnsAccess })),
      onSecret: (value) => redactor.add(value),
    }),
    keyring,
  }
}
