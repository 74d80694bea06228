import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A session, as libtlsrpt tells tlsrpt-collectd of it in one datagram. */
export interface TlsSession {
  domain: string
  /** The TLS-RPT record that was found. */
  record: string
  policies: readonly object[]
}

export interface TlsReporterOptions {
  python: string
  /** Folder of the programs. */
  bin: string
  /** Of yesterday. */
  sessions: readonly TlsSession[]
  sendmail: string
  /** Address of sender and contact. */
  from: string
}

/**
 * tlsrpt-reporter: its collector gets sessions, its day ends, and its reporter sends the reports of the day through
 * `sendmail`, until closed.
 */
export async function startTlsReporter(options: TlsReporterOptions): Promise<{ close: () => Promise<void> }> {
  const { python, bin, sessions, sendmail, from } = options
  const folder = await mkdtemp(join(tmpdir(), 'tlsrpt-'))
  const [socket, database] = [join(folder, 'socket'), join(folder, 'collected.sqlite')]
  const storage = `sqlite://${database}`
  const started: ChildProcess[] = []
  let log = ''
  const start = (program: string, args: string[]) => {
    const env = { PATH: `${bin}:${process.env.PATH}` }
    const child = spawn(join(bin, program), args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text
    })
    started.push(child)
    return child
  }
  const close = async () => {
    for (const child of started) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const collector = start('tlsrpt-collectd', [
      '--storage',
      storage,
      '--socketname',
      socket,
      '--max_uncommited_datagrams',
      '1',
    ])
    const datagrams = sessions.map(({ domain, record, policies }) =>
      JSON.stringify({ dpv: '1', d: domain, pr: record, policies }),
    )
    const script = join(import.meta.dirname, 'send_tls_results.py')
    const sent = promisify(execFile)(python, [script, socket, database])
    sent.child.stdin?.end(datagrams.join('\n'))
    await sent
    // Makes today yesterday.
    collector.kill('SIGUSR2')
    start('tlsrpt-reportd', [
      '--dbname',
      join(folder, 'reports.sqlite'),
      '--fetchers',
      `${join(bin, 'tlsrpt-fetcher')} --storage ${storage}`,
      '--organization_name',
      'Receiver',
      '--contact_info',
      from,
      '--sender_address',
      from,
      '--sendmail_script',
      `${sendmail} -t -f ${from}`,
      '--spread_out_delivery',
      '1',
      '--interval_main_loop',
      '1',
      '--min_wait_domainlist',
      '1',
      '--max_wait_domainlist',
      '2',
      '--pidfilename',
      join(folder, 'pid'),
    ])
    return { close }
  } catch (error) {
    await close()
    throw new Error(`tlsrpt-reporter: ${error}\n${log}`)
  }
}
