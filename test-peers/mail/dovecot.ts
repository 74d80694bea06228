import { execFile, spawn } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createServer, type TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { debianPeer } from '../support/debian.ts'
import type { Peer } from '../support/installing.ts'

const run = promisify(execFile)

/** Dovecot of Debian, unpacked: the folders of its two packages. */
export interface DovecotPackages {
  core: string
  imap: string
}

export async function dovecotPeer(): Promise<Peer<DovecotPackages>> {
  const core = await debianPeer('dovecot-core', 'usr/bin/doveconf')
  if (!core.available) return core
  const imap = await debianPeer('dovecot-imapd', 'usr/lib/dovecot/imap')
  if (!imap.available) return imap
  const packages = {
    core: join(dirname(core.program), '..', '..'),
    imap: join(dirname(imap.program), '..', '..', '..'),
  }
  try {
    await run('ldd', [imap.program], { env: environmentOf(packages) }).then(({ stdout }) => {
      const missing = /(\S+) => not found/.exec(stdout)?.[1]
      if (missing !== undefined) throw new Error(`${missing} is not installed`)
    })
  } catch (error) {
    return { available: false, why: error instanceof Error ? error.message : String(error) }
  }
  return { available: true, ...packages }
}

const environmentOf = ({ core }: DovecotPackages) => ({
  PATH: process.env.PATH ?? '',
  LD_LIBRARY_PATH: join(core, 'usr/lib/dovecot'),
})

export interface Dovecot {
  port: number
  /** A PEM file with its certificate. */
  certificate: string
  user: string
  password: string
  /** Puts a mail into a mailbox, as a delivery does. */
  deliver: (mail: string) => Promise<void>
  /** File names of a mailbox with the flags of each mail; `INBOX` or another one. */
  mails: (mailbox?: string) => Promise<string[]>
  /** Ends every connection once so many mails were fetched. */
  breakAfter: (mails: number) => void
  close: () => Promise<void>
}

/**
 * Dovecot's IMAP on loopback over TLS. One process of it serves each connection, as after a login; TLS and the login are here,
 * because an unpacked Dovecot finds the modules of its login service nowhere.
 */
export async function startDovecot(packages: DovecotPackages): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'dovecot-'))
  const mail = join(folder, 'mail')
  const [key, certificate, config] = ['key.pem', 'cert.pem', 'dovecot.conf'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  // Dovecot serves no mail to root.
  const as = process.getuid?.() === 0 ? { uid: 8, gid: 8 } : {}
  await chmod(folder, 0o755)
  for (const part of ['', 'new', 'cur', 'tmp']) {
    await mkdir(join(mail, part), { recursive: true })
    if (as.uid !== undefined) await chown(join(mail, part), as.uid, as.gid)
  }
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', certificate],
  ])
  await writeFile(
    config,
    [
      `base_dir = ${folder}`,
      `state_dir = ${folder}`,
      `libexec_dir = ${join(packages.imap, 'usr/lib/dovecot')}`,
      `mail_plugin_dir = ${join(packages.core, 'usr/lib/dovecot/modules')}`,
      'log_path = /dev/stderr',
      'ssl = no',
      `mail_location = maildir:${mail}`,
      'first_valid_uid = 1',
      '',
    ].join('\n'),
  )
  const [user, password] = ['reports@example.test', 'secret "with" quotes']
  const sockets = new Set<TLSSocket>()
  let left = Number.POSITIVE_INFINITY
  const imap = [
    ...['-f', 'service=imap', '-c', config, '-m', 'imap'],
    ...['-e', join(packages.imap, 'usr/lib/dovecot/imap')],
  ]
  const server = createServer({ key: await readFile(key), cert: await readFile(certificate) }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    login(socket, user, password, (rest) => {
      const child = spawn(join(packages.core, 'usr/bin/doveconf'), imap, {
        ...as,
        cwd: mail,
        env: { ...environmentOf(packages), USER: user, HOME: mail },
        stdio: ['pipe', 'pipe', 'ignore'],
      })
      let greeted = false
      child.stdin.on('error', () => {})
      child.stdout.on('data', (bytes: Buffer) => {
        // The client is logged in already: the greeting of the process is not for it.
        const answer = greeted ? bytes : bytes.subarray(bytes.indexOf('\n') + 1)
        greeted = true
        if (/BODY\[\]/.test(answer.toString('latin1')) && --left < 0) socket.destroy()
        else if (answer.length > 0) socket.write(answer)
      })
      child.on('exit', () => socket.end())
      socket.on('close', () => child.kill('SIGTERM'))
      if (rest.length > 0) child.stdin.write(rest)
      socket.pipe(child.stdin)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  let delivered = 0
  return {
    port: (server.address() as AddressInfo).port,
    certificate,
    user,
    password,
    async deliver(text) {
      const file = join(mail, 'new', `${++delivered}.M${delivered}.host`)
      await writeFile(file, text)
      if (as.uid !== undefined) await chown(file, as.uid, as.gid)
    },
    async mails(mailbox = 'INBOX') {
      const at = mailbox === 'INBOX' ? mail : join(mail, `.${mailbox}`)
      const lists = await Promise.all(['new', 'cur'].map((part) => readdir(join(at, part)).catch(() => [])))
      return lists.flat()
    },
    breakAfter(mails) {
      left = mails
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The part of IMAP before a login (RFC 9051 section 6.2.3). */
function login(socket: TLSSocket, user: string, password: string, done: (rest: string) => void): void {
  const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`
  let text = ''
  const read = (bytes: Buffer) => {
    text += bytes.toString()
    for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
      const line = text.slice(0, end)
      text = text.slice(end + 2)
      const [, tag = '*', command = '', given = ''] = /^(\S+) (\S+) ?(.*)$/.exec(line) ?? []
      if (command.toUpperCase() !== 'LOGIN') {
        socket.write(`${tag} ${command.toUpperCase() === 'NOOP' ? 'OK' : 'BAD'} log in first\r\n`)
        continue
      }
      const right = [user, quoted(user)].some((name) => given === `${name} ${quoted(password)}`)
      socket.write(right ? `${tag} OK logged in\r\n` : `${tag} NO [AUTHENTICATIONFAILED] wrong password\r\n`)
      if (!right) continue
      socket.off('data', read)
      done(text)
      return
    }
  }
  socket.on('data', read)
  socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n')
}
