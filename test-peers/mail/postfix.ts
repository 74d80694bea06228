import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { debianPeer } from '../support/debian.ts'
import type { Peer } from '../support/installing.ts'

const run = promisify(execFile)
const STOP_TIMEOUT_MS = 20_000
const POLL_MS = 50

/** Debian's Postfix, unpacked. `package` is the folder that it is unpacked to. */
export async function postfixPeer(): Promise<Peer<{ package: string }>> {
  if (process.getuid?.() !== 0) return { available: false, why: 'Postfix is started by root only' }
  const peer = await debianPeer('postfix', 'usr/sbin/postconf')
  if (!peer.available) return peer
  const folder = join(dirname(peer.program), '..', '..')
  try {
    await run(peer.program, ['-d', 'mail_version'], { env: environmentOf(folder) })
  } catch (error) {
    const library = /error while loading shared libraries: (\S+):/.exec(String(error))?.[1]
    if (library === undefined) throw error
    return { available: false, why: `${library} is not installed` }
  }
  return { available: true, package: folder }
}

const environmentOf = (folder: string) => ({
  PATH: process.env.PATH ?? '',
  LD_LIBRARY_PATH: join(folder, 'usr/lib/postfix'),
})

export interface Postfix {
  /** The command that takes a mail from standard input, as programs on a mail server use it: recipients follow, or `-t`. */
  sendmail: string
  send: (mail: string, envelope: { from: string; to: string }) => Promise<void>
  /** Everything it has logged. */
  log: () => Promise<string>
  close: () => Promise<void>
}

/** A Postfix that delivers every mail to one server on loopback, and only over TLS. */
export async function startPostfix(options: { package: string; port: number; name: string }): Promise<Postfix> {
  const { package: unpacked, port, name } = options
  const folder = await mkdtemp(join(tmpdir(), 'postfix-'))
  const [conf, queue, data] = ['conf', 'queue', 'data'].map((part) => join(folder, part)) as [string, string, string]
  // Its processes run as another user.
  await chmod(folder, 0o755)
  for (const part of [conf, queue, data]) await mkdir(part)
  const [mailUser, mailGroup] = [8, 8]
  await chown(data, mailUser, mailGroup)
  const settings = {
    compatibility_level: '3.6',
    queue_directory: queue,
    data_directory: data,
    command_directory: join(unpacked, 'usr/sbin'),
    daemon_directory: join(unpacked, 'usr/lib/postfix/sbin'),
    shlib_directory: join(unpacked, 'usr/lib/postfix'),
    meta_directory: join(unpacked, 'etc/postfix'),
    sendmail_path: join(unpacked, 'usr/sbin/sendmail'),
    newaliases_path: join(unpacked, 'usr/bin/newaliases'),
    mailq_path: join(unpacked, 'usr/bin/mailq'),
    manpage_directory: join(folder, 'man'),
    // Users and groups that every Debian has.
    mail_owner: 'mail',
    setgid_group: 'operator',
    default_privs: 'nobody',
    inet_interfaces: 'loopback-only',
    inet_protocols: 'ipv4',
    myhostname: name,
    mydestination: '',
    alias_maps: '',
    message_size_limit: '0',
    relayhost: `[127.0.0.1]:${port}`,
    smtp_tls_security_level: 'encrypt',
    smtp_tls_loglevel: '1',
    maillog_file: join(folder, 'log'),
    maillog_file_prefixes: folder,
    import_environment: 'MAIL_CONFIG MAIL_LOGTAG LD_LIBRARY_PATH',
    export_environment: 'MAIL_CONFIG LD_LIBRARY_PATH',
  }
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`)
  await writeFile(join(conf, 'main.cf'), lines.join(''))
  await writeFile(join(conf, 'master.cf'), services)
  const environment = environmentOf(unpacked)
  const postfix = (command: string) =>
    run(join(settings.command_directory, 'postfix'), ['-c', conf, command], { env: environment })
  const sendmail = `env LD_LIBRARY_PATH=${environment.LD_LIBRARY_PATH} ${settings.sendmail_path} -C ${conf} -i`
  const log = () => readFile(settings.maillog_file, 'utf8').catch(() => '')
  const close = async () => {
    const pid = Number(await readFile(join(queue, 'pid/master.pid'), 'utf8').catch(() => 0))
    if (pid > 0) {
      process.kill(pid, 'SIGTERM')
      const deadline = Date.now() + STOP_TIMEOUT_MS
      while (isRunning(pid) && Date.now() < deadline) await delay(POLL_MS)
    }
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await postfix('start')
  } catch (error) {
    const text = await log()
    await close()
    throw new Error(`Postfix does not start: ${error}\n${text}`)
  }
  return {
    sendmail,
    log,
    close,
    async send(mail, { from, to }) {
      const child = run('sh', ['-c', `${sendmail} -f "$1" "$2"`, 'sh', from, to])
      child.child.stdin?.end(mail)
      await child
    },
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** What a null client needs, outside of a chroot: there are no libraries in it. */
const services = `
pickup    unix      n - n 1 1 pickup
cleanup   unix      n - n - 0 cleanup
qmgr      unix      n - n 300 1 qmgr
tlsmgr    unix      - - n 1000? 1 tlsmgr
rewrite   unix      - - n - - trivial-rewrite
bounce    unix      - - n - 0 bounce
defer     unix      - - n - 0 bounce
trace     unix      - - n - 0 bounce
smtp      unix      - - n - - smtp
error     unix      - - n - - error
retry     unix      - - n - - error
proxymap  unix      - - n - - proxymap
scache    unix      - - n - 1 scache
anvil     unix      - - n - 1 anvil
postlog   unix-dgram n - n - 1 postlogd
`
