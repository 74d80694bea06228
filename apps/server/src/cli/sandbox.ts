import { createSandbox } from '../sandbox/create-sandbox.ts'
import type { Command } from './commands.ts'

/** `dmarc-server sandbox`: runs until SIGINT or SIGTERM; without a folder everything is gone then. */
export const sandbox: Command = {
  name: 'sandbox',
  summary: 'Starts everything on loopback with no configuration, pretended customers’ DNS included. --folder keeps it.',
  options: { folder: { type: 'string' } },
  async run({ values, print }) {
    const running = await createSandbox(values.folder === undefined ? {} : { folder: values.folder })
    print(running.describe())
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve)
      process.once('SIGTERM', resolve)
    })
    await running.close()
  },
}
