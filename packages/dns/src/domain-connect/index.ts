export * from './apply-link.ts'
export {
  DomainConnectError,
  type DomainConnectOptions,
  type DomainConnectSettings,
  discoverDomainConnect,
  supportsTemplate,
} from './discover.ts'
export * from './template.ts'
