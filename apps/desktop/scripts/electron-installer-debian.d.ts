declare module 'electron-installer-debian' {
  /** Makes a Debian package of an unpacked app. */
  export default function installer(options: {
    src: string
    dest: string
    arch: string
    options: Record<string, unknown>
  }): Promise<{ packagePaths: string[] }>
}
