// What a Linux archive carries beside the provider, so that it runs where there is no glibc (Alpine, distroless): a static
// launcher under the provider's name, glibc's own loader, and the libraries that the provider needs. All of it comes from
// Debian, for both processors on either: apt-get install gcc gcc-aarch64-linux-gnu libc6-amd64-cross libc6-arm64-cross
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What each platform's parts are made of. */
const sources = {
  linux_amd64: {
    compilers: ['x86_64-linux-gnu-gcc'],
    folder: '/usr/x86_64-linux-gnu/lib',
    loader: 'ld-linux-x86-64.so.2',
    packages: ['gcc', 'libc6-amd64-cross'],
    documents: '/usr/share/doc/libc6-amd64-cross',
  },
  linux_arm64: {
    compilers: ['aarch64-linux-gnu-gcc'],
    folder: '/usr/aarch64-linux-gnu/lib',
    loader: 'ld-linux-aarch64.so.1',
    packages: ['gcc-aarch64-linux-gnu', 'libc6-arm64-cross'],
    documents: '/usr/share/doc/libc6-arm64-cross',
  },
}

/** Those that a program of Bun is linked with. Name resolution by files and DNS is in libc itself since glibc 2.34. */
const libraries = ['libc.so.6', 'libm.so.6', 'libdl.so.2', 'libpthread.so.0']

const options = [
  ...['-Os', '-static', '-nostdlib', '-ffreestanding', '-fno-builtin', '-fno-stack-protector', '-fno-pie', '-no-pie'],
  ...[
    '-fno-asynchronous-unwind-tables',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-Wl,--build-id=none',
    '-Wl,-z,noexecstack',
    '-s',
  ],
]

/** The Debian packages that are missing to make the archive of a Linux platform. */
export function missingPackages(platform) {
  const { compilers, folder, loader, packages } = sources[platform]
  const hasCompiler = compilers.every((name) => existsSync(join('/usr/bin', name)))
  return hasCompiler && existsSync(join(folder, loader)) ? [] : packages
}

/** The files of the archive beside the provider itself, which goes to `glibc/provider`. */
export function linuxRuntime(platform) {
  const missing = missingPackages(platform)
  if (missing.length > 0) {
    throw new Error(`The archive of ${platform} needs Debian packages: apt-get install ${missing.join(' ')}`)
  }
  const { folder, loader, documents } = sources[platform]
  const library = (name) => ({ name: `glibc/${name}`, data: readFileSync(join(folder, name)) })
  return {
    launcher: compileLauncher(platform),
    files: [
      { name: 'glibc/ld.so', data: readFileSync(join(folder, loader)), executable: true },
      ...libraries.map(library),
      { name: 'glibc/NOTICE', data: notice(documents, versionOf(library('libc.so.6').data)) },
      { name: 'glibc/LGPL-2.1', data: readFileSync('/usr/share/common-licenses/LGPL-2.1') },
    ],
  }
}

function compileLauncher(platform) {
  const work = mkdtempSync(join(tmpdir(), 'launcher-'))
  try {
    const [compiler] = sources[platform].compilers
    const program = join(work, 'launcher')
    execFileSync(compiler, [...options, '-o', program, join(import.meta.dirname, 'launcher.c')])
    return readFileSync(program)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Section 6 of the LGPL 2.1: that the library is used, its licence, where its source is, and that it can be exchanged. */
const versionOf = (libc) => /GNU C Library \(Debian GLIBC (\S+)\)/.exec(libc.toString('latin1'))?.[1] ?? ''

function notice(documents, version) {
  return Buffer.from(`The files ld.so and lib*.so.* in this folder are the GNU C Library (glibc) ${version}, unchanged from Debian.
Copyright (C) the Free Software Foundation, Inc. and others. It comes without any warranty, under the GNU Lesser General Public
License, version 2.1 or later, in the file LGPL-2.1. Its source is at https://sources.debian.org/src/glibc/ and
https://www.gnu.org/software/libc/.

They are used only on systems that have no glibc of their own. The provider is linked with them dynamically: to run it with
another build of the library, put that build in place of these files.

Copyright notices of the library:

${readFileSync(join(documents, 'copyright'), 'utf8')}`)
}
