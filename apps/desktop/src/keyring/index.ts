// The process that talks to the password store on Linux. Why it is a separate process: src/main/secrets/keyring-process.ts.
import type { KeyringMessage, KeyringQuestion } from './protocol.ts'

const say = (message: KeyringMessage) => process.parentPort.postMessage(message)

process.parentPort.on('message', async ({ data }) => {
  const { id, call, args } = data as KeyringQuestion
  try {
    const { default: keytar } = await import('keytar')
    const ask = keytar[call] as (...given: readonly string[]) => Promise<string | boolean | null | undefined>
    say({ type: 'answer', id, value: (await ask(...args)) ?? null })
  } catch (error) {
    say({ type: 'failure', id, message: error instanceof Error ? error.message : String(error) })
  }
})
say({ type: 'ready' })
