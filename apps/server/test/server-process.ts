// Started as a process of its own by tests that end it without warning. Its configuration comes from the environment.
import { startServer } from '../src/app/start-server.ts'
import { loadConfig } from '../src/config/load-config.ts'

const server = await startServer(loadConfig(undefined, process.env))
process.stdout.write(`${JSON.stringify({ apiUrl: server.apiUrl, dns: server.dns, smtp: server.reports.smtp })}\n`)
