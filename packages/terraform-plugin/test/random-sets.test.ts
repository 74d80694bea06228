import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defineWith } from '../src/index.ts'
import { testProvider } from '../src/testing/index.ts'
import { identitiesIn, lostIdentities } from './support/kept-elements.ts'
import {
  changed,
  fieldsOf,
  filled,
  hclOf,
  type Members,
  type Part,
  type Parts,
  randomMembers,
  randomParts,
  reordered,
} from './support/random-resource.ts'
import { describeTerraforms } from './support/terraforms.ts'

// One run of Terraform plans all of them: a hundred resources take little longer than one. Other seeds are for trying by hand.
const SEED = Number(process.env.SEED ?? 3)
const RESOURCES = Number(process.env.RESOURCES ?? 40)

const define = defineWith()
const note: Part = { kind: 'text', role: 'required', anyCase: false }

/** A resource with a random schema, what a user writes for it, and what the user writes later. */
const randomCase = randomParts.chain((parts) =>
  randomMembers(parts).chain((first) => changed(parts, first).map((later) => ({ parts, first, later }))),
)

function resourceOf(parts: Parts) {
  const noted: Parts = { ...parts, note }
  const complete = ({ plan }: { plan: unknown }) => filled(noted, plan as Members)
  const definition = {
    schema: fieldsOf(noted),
    create: complete,
    update: complete,
    read: ({ state }: { state: unknown }) => reordered(noted, state as Members),
    delete() {},
  }
  return define.resource(definition as never)
}

describeTerraforms(({ program: terraform }) => {
  it('elements of sets keep what is computed in them, whatever is not known, and the plan after each apply is empty', {
    timeout: 120_000,
  }, async () => {
    const cases = fc.sample(randomCase, { seed: SEED, numRuns: RESOURCES })
    const resources = Object.fromEntries(cases.map(({ parts }, index) => [`random_r${index}`, resourceOf(parts)]))
    await using workspace = await testProvider(define.provider({ name: 'random', resources }), { terraform })
    const applied = async (noted: string, written: (one: (typeof cases)[number]) => Members) => {
      const hcl = cases.map((one, index) => {
        const text = hclOf({ ...one.parts, note }, { ...written(one), note: noted }, '  ')
        // One of the words is not known while planning: Terraform plans again when it is, and compares. Not beside another
        // spelling (see the design).
        const known = /"anyCase":true|"unordered"/.test(JSON.stringify(one.parts))
        const some = known ? text : text.replace(/(?<=[:=] ?)"b"/g, 'terraform_data.word.output')
        return `resource "random_r${index}" "x" {\n${some}}\n`
      })
      const word = `resource "terraform_data" "word" {\n  input = "b"\n  triggers_replace = "${noted}"\n}\n`
      await workspace.apply(word + hcl.join(''))
      await workspace.expectEmptyPlan()
      const state = await workspace.state()
      return cases.map((_, index) => state.resources[`random_r${index}.x`] as Members)
    }
    const lost = (written: 'first' | 'later', before: readonly Members[], after: readonly Members[]) =>
      cases.flatMap((one, index) =>
        lostIdentities(one.parts, one[written], before[index] as Members, after[index] as Members).map((text) => ({
          text,
          ...one,
        })),
      )

    const created = await applied('created', ({ first }) => first)
    // Another attribute changes, so that everything computed is open.
    const updated = await applied('updated', ({ parts, first }) => reordered(parts, first))
    expect(lost('first', created, updated)).toEqual([])
    const later = await applied('later', (one) => one.later)
    expect(lost('later', updated, later)).toEqual([])
    for (const [index, { parts }] of cases.entries()) {
      const identities = identitiesIn(parts, later[index] as Members)
      expect(new Set(identities).size).toBe(identities.length)
    }
  })
})
