import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findProgram } from '../../test-support/programs.ts'
import { cachedFolder, peersFolder } from './cache.ts'
import { type Peer, runInstaller, unlessUnreachable } from './installing.ts'

const DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:2.8'

/** Java libraries of Maven Central by `group:artifact`, with exact versions; `classPath` has them and what they need. */
export async function mavenPeer(
  libraries: Readonly<Record<string, string>>,
): Promise<Peer<{ classPath: string; java: string; javac: string }>> {
  const [maven, java, javac] = ['mvn', 'java', 'javac'].map((name) => findProgram(name))
  if (!maven || !java || !javac) return { available: false, why: 'Maven and a JDK are not installed' }
  const dependencies = Object.entries(libraries).map(([name, version]) => {
    const [group, artifact] = name.split(':')
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`
  })
  const project = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>peer</groupId><artifactId>peer</artifactId><version>0</version><dependencies>${dependencies.join('')}</dependencies></project>`
  const key = createHash('sha256').update(project).digest('hex').slice(0, 12)
  return await unlessUnreachable('Maven Central', async () => {
    const folder = await cachedFolder(join('maven', key), async (fresh) => {
      await writeFile(join(fresh, 'pom.xml'), project)
      const settings = [`-Dmaven.repo.local=${join(peersFolder, 'maven-repository')}`, '-Dmdep.outputFile=class-path']
      await runInstaller(maven, ['-q', '-B', '-f', fresh, ...settings, `${DEPENDENCY_PLUGIN}:build-classpath`])
    })
    return { classPath: (await readFile(join(folder, 'class-path'), 'utf8')).trim(), java, javac }
  })
}
