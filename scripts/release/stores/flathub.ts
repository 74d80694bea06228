import { app, type Download, urlOf } from './app.ts'

const runtimeVersion = '25.08'

/**
 * Flathub's files for a Debian package, by file name: the manifest, which unpacks it, and what its page shows
 * (https://docs.flathub.org/docs/for-app-authors/requirements).
 *
 * @param released the day of the release
 */
export function flathubOf(deb: Download, released: Date): ReadonlyMap<string, string> {
  const metainfo = `${app.id}.metainfo.xml`
  const manifest = {
    id: app.id,
    runtime: 'org.freedesktop.Platform',
    'runtime-version': runtimeVersion,
    sdk: 'org.freedesktop.Sdk',
    base: 'org.electronjs.Electron2.BaseApp',
    'base-version': runtimeVersion,
    command: 'dmarc-watch',
    'separate-locales': false,
    'finish-args': [
      '--share=ipc',
      '--share=network',
      '--socket=fallback-x11',
      '--socket=wayland',
      '--device=dri',
      // The keyring, the tray, and notifications; no folder of the user.
      '--talk-name=org.freedesktop.secrets',
      '--talk-name=org.kde.StatusNotifierWatcher',
      '--talk-name=org.freedesktop.Notifications',
    ],
    modules: [
      {
        name: 'dmarc-watch',
        buildsystem: 'simple',
        'build-commands': [
          'ar x dmarc-watch.deb && tar -xf data.tar.*',
          'mkdir -p /app/lib && cp -r usr/lib/dmarc-watch /app/lib/',
          'install -D start.sh /app/bin/dmarc-watch',
          `install -Dm644 usr/share/pixmaps/dmarc-watch.png /app/share/icons/hicolor/512x512/apps/${app.id}.png`,
          `sed -i 's/^Icon=.*/Icon=${app.id}/' usr/share/applications/dmarc-watch.desktop`,
          `install -Dm644 usr/share/applications/dmarc-watch.desktop /app/share/applications/${app.id}.desktop`,
          `install -Dm644 ${metainfo} /app/share/metainfo/${metainfo}`,
        ],
        sources: [
          { type: 'file', url: urlOf(deb), sha256: deb.sha256, 'dest-filename': 'dmarc-watch.deb' },
          {
            type: 'script',
            'dest-filename': 'start.sh',
            commands: ['exec zypak-wrapper /app/lib/dmarc-watch/dmarc-watch "$@"'],
          },
          { type: 'file', path: metainfo },
        ],
      },
    ],
  }
  return new Map([
    [`${app.id}.json`, `${JSON.stringify(manifest, null, 2)}\n`],
    [
      metainfo,
      `<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>${app.id}</id>
  <name>${app.name}</name>
  <summary>${app.summary}</summary>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>${app.license}</project_license>
  <developer id="org.dmarc_as_code"><name>${app.publisher}</name></developer>
  <description><p>${app.description}</p></description>
  <launchable type="desktop-id">${app.id}.desktop</launchable>
  <url type="homepage">${app.homepage}</url>
  <url type="bugtracker">${app.homepage}/issues</url>
  <content_rating type="oars-1.1" />
  <releases><release version="${deb.version}" date="${released.toISOString().slice(0, 10)}" /></releases>
</component>
`,
    ],
  ])
}
