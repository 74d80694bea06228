// Run as a process of its own by a benchmark, so that nothing but the responder delays an answer: asks it at a steady pace and
// prints how long each answer took, until its input ends.
import { createSocket } from 'node:dgram'
import { encodeQuery } from '@dmarc-as-code/dns/wire'

const [port = '', name = ''] = process.argv.slice(2)
const socket = createSocket('udp4')
const asked = new Map<number, number>()
let times: number[] = []
let id = 0
socket.on('message', (message) => {
  const number = message.readUInt16BE(0)
  const at = asked.get(number)
  if (at !== undefined) times.push(performance.now() - at)
  asked.delete(number)
})
socket.connect(Number(port), '127.0.0.1', () => {
  setInterval(() => {
    id = (id + 1) % 65_536
    asked.set(id, performance.now())
    socket.send(encodeQuery(id, { name, type: 'TXT' }))
  }, 2)
})
process.stdin.on('data', () => {
  process.stdout.write(`${JSON.stringify({ times, lost: asked.size })}\n`)
  times = []
  asked.clear()
})
process.stdin.on('end', () => process.exit())
