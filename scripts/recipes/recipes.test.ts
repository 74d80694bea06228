import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../lib/bootstrap.mjs'

/** The recipes of CONTRIBUTING.md and the most places that a person may have to change by hand for each. */
const mostPlaces: Record<string, number> = {
  'Add a DNS service': 3,
  'Add a reason': 1,
  'Add a domain attribute': 8,
  'Add a tray state': 3,
  'Add an API route': 4,
  'Add a record kind': 5,
  'Add a server setting': 2,
  'Add a construct prop': 3,
  'Add a user-visible message': 1,
  'Add an IPC call': 3,
}

const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
const sections = [...contributing.matchAll(/^### (Add .*)\n([\s\S]*?)(?=^##)/gm)]
const recipes = sections.map(([, title = '', text = '']) => ({
  title,
  places: text.match(/^\d+\. /gm)?.length ?? 0,
  paths: [...text.matchAll(/`((?:packages|apps|test-support)\/[^`]+)`/g)].map(([, path = '']) => path),
  fails: /^Fails otherwise: /m.test(text),
}))

describe('the recipes in CONTRIBUTING.md', () => {
  it('cover the ten tasks', () => {
    expect(recipes.map(({ title }) => title)).toEqual(Object.keys(mostPlaces))
  })

  it.each(recipes)('$title: at most as many places as agreed, each of them there, and what fails without', (recipe) => {
    expect(recipe.places).toBeGreaterThan(0)
    expect(recipe.places).toBeLessThanOrEqual(mostPlaces[recipe.title] ?? 0)
    expect(recipe.paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
    expect(recipe.paths.length).toBeGreaterThanOrEqual(recipe.places)
    expect(recipe.fails).toBe(true)
  })
})

describe('the life of a CNAME in ARCHITECTURE.md', () => {
  it('names files that exist', () => {
    const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
    const paths = [...text.matchAll(/`((?:packages|apps|scripts)\/[^`]+)`/g)].map(([, path = '']) => path)
    expect(paths.length).toBeGreaterThan(20)
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})
