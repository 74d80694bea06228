export * from './apply-link.ts'
export {
  DomainConnectError,
  type DomainConnectOptions,
  type DomainConnectSettings,
  discoverDomainConnect,
  supportsTemplate,
} from './find-settings.ts'
