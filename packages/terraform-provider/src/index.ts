export { schemaJson, source } from './schema-json.ts'
export { provider } from './unfinished.ts'
