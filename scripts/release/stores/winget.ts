import { app, type Download, urlOf } from './app.ts'

const id = 'DMARCasCode.DMARCWatch'
const schema = '1.9.0'

/**
 * The three manifests of winget for an NSIS installer, by file name: https://learn.microsoft.com/windows/package-manager/package/manifest.
 *
 * @param released the day of the release
 */
export function wingetOf(installer: Download, released: Date): ReadonlyMap<string, string> {
  const head = (kind: string) =>
    `# yaml-language-server: $schema=https://aka.ms/winget-manifest.${kind}.${schema}.schema.json
PackageIdentifier: ${id}
PackageVersion: ${installer.version}
`
  const tail = (kind: string) => `ManifestType: ${kind}
ManifestVersion: ${schema}
`
  return new Map([
    [`${id}.yaml`, `${head('version')}DefaultLocale: en-US\n${tail('version')}`],
    [
      `${id}.installer.yaml`,
      `${head('installer')}InstallerType: nullsoft
Scope: user
Protocols:
  - dmarc-watch
ReleaseDate: ${released.toISOString().slice(0, 10)}
Installers:
  - Architecture: x64
    InstallerUrl: ${urlOf(installer)}
    InstallerSha256: ${installer.sha256.toUpperCase()}
${tail('installer')}`,
    ],
    [
      `${id}.locale.en-US.yaml`,
      `${head('defaultLocale')}PackageLocale: en-US
Publisher: ${app.publisher}
PackageName: ${app.name}
PackageUrl: ${app.homepage}
License: ${app.license}
LicenseUrl: ${app.homepage}/blob/main/LICENSE
ShortDescription: ${app.summary}
Description: ${app.description}
Tags:
  - dmarc
  - dns
  - email
${tail('defaultLocale')}`,
    ],
  ])
}
