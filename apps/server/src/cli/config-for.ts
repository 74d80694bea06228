import { type Config, loadConfig } from '../config/load-config.ts'
import type { CommandInput } from './command.ts'

/** The configuration of a command: from `--config`, else DMARC_SERVER_CONFIG, else only the environment. */
export const configFor = (values: CommandInput['values'], env: CommandInput['env']): Config =>
  loadConfig(values.config ?? env.DMARC_SERVER_CONFIG, env)
