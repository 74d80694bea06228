export { type RunningServer, type ServerOptions, startServer } from './app/start-server.ts'
export { ConfigError, loadConfig, parseConfig } from './config/load-config.ts'
export type { Config, ConfigInput } from './config/schema.ts'
