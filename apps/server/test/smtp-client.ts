import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** A line-by-line SMTP client: each call sends a line (none: waits for the greeting) and resolves with the whole reply. */
export interface SmtpClient {
  say: (line?: string) => Promise<string>
  startTls: () => Promise<void>
  end: () => void
}

export async function smtpClient(port: number): Promise<SmtpClient> {
  let socket: Socket = connect(port, '127.0.0.1')
  let text = ''
  let closed = false
  let arrived = () => {}
  const listen = (to: Socket) => {
    to.on('data', (data) => {
      text += data.toString()
      arrived()
    })
    to.on('error', () => arrived())
    to.on('close', () => {
      closed = true
      arrived()
    })
  }
  listen(socket)
  const say = async (line?: string) => {
    if (line !== undefined) socket.write(`${line}\r\n`)
    for (;;) {
      const end = /^\d{3} .*\r\n/m.exec(text)
      if (end) {
        const reply = text.slice(0, end.index + end[0].length)
        text = text.slice(reply.length)
        return reply.trimEnd()
      }
      if (closed) return '000 closed'
      await new Promise<void>((resolve) => {
        arrived = resolve
      })
    }
  }
  return {
    say,
    async startTls() {
      socket.removeAllListeners('data')
      const secure = connectTls({ socket, rejectUnauthorized: false })
      await new Promise<void>((resolve) => secure.once('secureConnect', resolve))
      socket = secure
      listen(secure)
    },
    end: () => socket.destroy(),
  }
}

/** Delivers one mail; the reply after the final dot, or the first refusal. */
export async function deliver(
  port: number,
  mail: { from: string; to: readonly string[]; raw: string; tls?: boolean },
): Promise<string> {
  const client = await smtpClient(port)
  try {
    await client.say()
    await client.say('EHLO mail.receiver.test')
    if (mail.tls) {
      await client.say('STARTTLS')
      await client.startTls()
      await client.say('EHLO mail.receiver.test')
    }
    for (const line of [`MAIL FROM:<${mail.from}>`, ...mail.to.map((to) => `RCPT TO:<${to}>`), 'DATA']) {
      const reply = await client.say(line)
      if (!/^[23]/.test(reply)) return reply
    }
    return await client.say(`${mail.raw.replace(/^\./gm, '..')}\r\n.`)
  } finally {
    client.end()
  }
}
