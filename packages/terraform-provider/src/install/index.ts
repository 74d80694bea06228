/** Puts the provider where Terraform and OpenTofu find it. Loads nothing of the provider itself. */
export {
  cliConfiguration,
  type InstallOptions,
  impliedMirror,
  installIntoMirror,
  platformName,
  registryHosts,
  shortSource,
} from './mirror.ts'
