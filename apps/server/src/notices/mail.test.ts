import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { mailSender } from './mail.ts'

it('a notice is handed to the mail server of the settings', async () => {
  const lines: string[] = []
  const server = createServer((socket) => {
    socket.write('220 mail.test ESMTP\r\n')
    let data = false
    let rest = ''
    socket.on('data', (chunk) => {
      const parts = (rest + chunk).split('\r\n')
      rest = parts.pop() ?? ''
      for (const line of parts) {
        lines.push(line)
        if (data) {
          if (line === '.') {
            data = false
            socket.write('250 taken\r\n')
          }
        } else if (line === 'DATA') {
          data = true
          socket.write('354 go on\r\n')
        } else socket.write('250 mail.test\r\n')
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const sender = mailSender({ smtp: `smtp://127.0.0.1:${port}`, from: 'dmarc@hosting.test' })
  await sender.send({
    to: 'owner@example.com',
    subject: 'Hosted DMARC of example.test is ready',
    text: 'Nothing is left to do.\n',
    messageId: 'notice-1-2@hosting.test',
  })
  sender.close()
  server.close()
  expect(lines).toContain('MAIL FROM:<dmarc@hosting.test>')
  expect(lines).toContain('RCPT TO:<owner@example.com>')
  expect(lines).toContain('Subject: Hosted DMARC of example.test is ready')
  expect(lines).toContain('Message-ID: <notice-1-2@hosting.test>')
  expect(lines).toContain('Auto-Submitted: auto-generated')
  expect(lines).toContain('Nothing is left to do.')
})
