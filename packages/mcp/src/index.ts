export { createMcpServer } from './create-mcp-server.ts'
export { runProcess } from './process.ts'
export type { Sources } from './sources.ts'
