import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allowedImports } from './allowed-imports.ts'
import { checkedFolders, circleFaults, directionFaults, existingPackages } from './check.ts'
import { importCircles } from './circles.ts'

describe('imports of this repository', () => {
  it('has a rule for every package', () => {
    expect(existingPackages().filter((name) => !allowedImports[name])).toEqual([])
  })

  it('has an order in which the packages can be built, imports of tests included', () => {
    const byName = Object.entries(allowedImports).map(
      ([folder, { product, development }]) => [basename(folder), [...product, ...development]] as const,
    )
    expect(importCircles(new Map(byName))).toEqual([])
  })

  it.each(checkedFolders())('%s imports only what it may', (folder) => {
    expect(directionFaults(folder)).toEqual([])
  })

  it.each(checkedFolders())('%s has no import circles and no folders that import each other', (folder) => {
    expect(circleFaults(folder)).toEqual([])
  })
})
