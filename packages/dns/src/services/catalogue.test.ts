import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { leastSettings, sampleValue } from '../../test/sample-settings.ts'
import { createAdapter } from '../adapters/create.ts'
import { help } from '../cli/arguments.ts'
import { dnsServices } from './catalogue.ts'
import { describeField, snakeCase } from './describe.ts'
import { identifyDnsService } from './identify.ts'
import { manual } from './manual.ts'
import { servicesTable } from './table.ts'
import type { ServiceEntry } from './types.ts'

const folder = join(import.meta.dirname, '..', '..')
const entries: readonly ServiceEntry[] = dnsServices
const readme = () => readFileSync(join(folder, 'README.md'), 'utf8')

describe('the catalogue of DNS services', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))(
    '%s: has an adapter with these abilities',
    async (id, entry) => {
      const adapter = await createAdapter(leastSettings(entry), { env: {} })
      expect(adapter.service).toBe(id)
      expect(adapter.abilities).toEqual(entry.abilities)
      // What replaces all names in one step also replaces one.
      if (adapter.abilities.canApplyAllAtomically) expect(adapter.abilities.canReplaceAtomically).toBe(true)
      await adapter.close?.()
    },
  )

  it.each(entries.map((entry) => [entry.id, entry] as const))(
    '%s: opens with nothing but the environment, when every variable is set',
    async (id, { fields }) => {
      const env = Object.fromEntries(
        fields.flatMap((field) => (field.env ?? []).slice(0, 1).map((name) => [name, sampleValue(field)])),
      )
      const extra = id === 'google' ? { project: 'p' } : {}
      const adapter = await createAdapter({ type: id, ...extra }, { env })
      expect(adapter.service).toBe(id)
      await adapter.close?.()
    },
  )

  it.each(entries.map((entry) => [entry.id, entry] as const))(
    '%s: names the server or account it works on, and none of its secrets',
    async (id, entry) => {
      const settings = leastSettings(entry)
      const secrets = entry.fields.flatMap(({ name, secret }) => (secret ? [settings[name]] : []))
      const identityOf = async (more: object) => {
        const adapter = await createAdapter({ ...settings, ...more }, { env: {} })
        await adapter.close?.()
        return adapter.identity
      }
      const identity = await identityOf({})
      expect(identity).toMatch(/\S/)
      for (const secret of secrets) if (String(secret).length > 3) expect(identity).not.toContain(secret)
      const place = entry.fields.find(
        ({ name, options }) => !options && ['baseUrl', 'url', 'endpoint', 'server'].includes(name),
      )
      if (id === 'exec') return
      const other = place?.type === 'url' ? 'https://other.example:1' : 'other.example'
      expect(await identityOf({ [place?.name ?? '']: other })).not.toBe(identity)
    },
  )

  it.each(entries.map(({ id }) => id))('%s: runs the contract of all adapters in its test', (id) => {
    const test = readFileSync(join(folder, 'src', 'adapters', id, 'adapter.test.ts'), 'utf8')
    expect(test).toMatch(/^ *adapterContract\(/m)
  })

  it.each(entries.map((entry) => [entry.id, entry] as const))(
    '%s: has fields that every surface can use',
    (id, { fields }) => {
      const names = new Set(fields.map(({ name }) => name))
      expect(names.size).toBe(fields.length)
      const terraform = fields.flatMap((field) =>
        field.terraform ? [field.terraform.name ?? snakeCase(field.name)] : [],
      )
      expect(new Set(terraform).size).toBe(terraform.length)
      for (const name of terraform) expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/)
      for (const field of fields) {
        expect(field.help, field.name).toMatch(/^[A-Z`].*\.$/)
        expect(describeField(field)).not.toMatch(/undefined|\.\./)
        for (const variable of field.env ?? []) expect(variable).toMatch(/^[A-Z][A-Z0-9_]*$/)
        if (field.onlyWith) expect(names).toContain(field.onlyWith)
        // A secret that the form does not ask for comes from elsewhere; one that is asked for is masked.
        if (/secret|token|key$|password/i.test(field.name) && !/File$|keyId$/i.test(field.name)) {
          expect(field.secret, field.name).toBe(true)
        }
      }
      // A program brings its own credentials, and is not for a form.
      if (id === 'exec') return
      expect(fields.some(({ secret }) => secret)).toBe(true)
      expect(fields.some(({ ask }) => ask)).toBe(true)
    },
  )

  it('recognises no service by the pattern of another', () => {
    expect(identifyDnsService(['ns1.example.net'])).toBeUndefined()
    const hosted = entries.filter(({ hosting }) => hosting)
    expect(hosted.length).toBeGreaterThan(4)
    for (const { hosting } of hosted) expect(hosting?.servers.test('ns1.example.net')).toBe(false)
  })

  it('is the table of the README', () => {
    expect(readme()).toContain(servicesTable([...entries, manual]))
  })

  it('gives the help of the command line each service and its variables', () => {
    for (const { id, fields } of entries) {
      expect(help).toMatch(new RegExp(`^  ${id} `, 'm'))
      for (const name of fields.flatMap(({ env }) => (env ?? []).slice(0, 1))) expect(help).toContain(name)
    }
  })
})
