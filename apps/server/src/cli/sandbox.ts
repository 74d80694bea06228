import { createSandbox } from '../sandbox/create-sandbox.ts'
import type { Command } from './command.ts'

/** `dmarc-server sandbox`: runs until SIGINT or SIGTERM; without a folder nothing is kept. */
export const sandbox: Command = {
  name: 'sandbox',
  summary:
    'Starts everything on loopback without configuration, including the DNS of sample customers. --folder keeps the data.',
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
