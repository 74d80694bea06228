import { type Config, loadConfig } from '../config/load-config.ts'
import type { CommandInput } from './commands.ts'

/** The configuration a command was given: `--config`, else DMARC_SERVER_CONFIG, else the environment alone. */
export const configFor = (values: CommandInput['values'], env: CommandInput['env']): Config =>
  loadConfig(values.config ?? env.DMARC_SERVER_CONFIG, env)
