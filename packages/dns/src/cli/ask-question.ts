import { createInterface } from 'node:readline'

/**
 * Asks a yes-or-no question on a terminal; only yes is yes. Ctrl-C and Ctrl-D end the whole command: they abort, and the
 * answer is rejected with the reason.
 */
export function askQuestion(
  question: string,
  streams: { input: NodeJS.ReadableStream; output: NodeJS.WritableStream; terminal?: boolean },
  abort: AbortController,
): Promise<boolean> {
  const { signal } = abort
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const lines = createInterface(streams)
    const finish = (act: () => void) => {
      signal.removeEventListener('abort', onAbort)
      lines.removeAllListeners('close')
      lines.close()
      act()
    }
    const onAbort = () => finish(() => reject(signal.reason))
    const interrupt = () => {
      streams.output.write('\n')
      abort.abort(new Error('interrupted'))
    }
    signal.addEventListener('abort', onAbort)
    lines.on('SIGINT', interrupt)
    lines.on('close', interrupt)
    lines.question(`${question} [y/N] `, (answer) => finish(() => resolve(/^y(es)?$/i.test(answer.trim()))))
  })
}
