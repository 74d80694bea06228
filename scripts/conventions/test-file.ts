import { parseSync, Visitor } from 'oxc-parser'

/** What a test file does that this repository's tests do not, one sentence each with its line. */
export function conventionFaults(file: string, source: string): string[] {
  const faults: string[] = []
  const report = (offset: number, fault: string) =>
    faults.push(`${file}:${source.slice(0, offset).split('\n').length} ${fault}`)
  let loops = 0
  const loop = {
    enter: () => {
      loops++
    },
    leave: () => {
      loops--
    },
  }
  const parsed = parseSync(file, source)
  if (parsed.errors[0]) throw new Error(`cannot read ${file}: ${parsed.errors[0].message}`)
  new Visitor({
    ImportSpecifier(node) {
      if (node.imported.type === 'Identifier' && node.imported.name === 'test' && importsVitest(source, node.start))
        report(node.start, 'imports `test`; tests of this repository use `it`')
    },
    WhileStatement: loop.enter,
    'WhileStatement:exit': loop.leave,
    DoWhileStatement: loop.enter,
    'DoWhileStatement:exit': loop.leave,
    ForStatement: loop.enter,
    'ForStatement:exit': loop.leave,
    ForOfStatement: loop.enter,
    'ForOfStatement:exit': loop.leave,
    AwaitExpression(node) {
      // A poll inside a loop ends when its condition holds; a sleep outside of one only hopes that it does. A test that
      // something does not happen has no condition, and says so in a comment.
      const above = source.slice(0, node.start).split('\n').at(-2) ?? ''
      if (loops === 0 && !above.includes('// Fixed sleep: ') && FIXED_SLEEP.test(source.slice(node.start, node.end)))
        report(
          node.start,
          'sleeps for a fixed time; wait for the condition, or give the reason after `// Fixed sleep: `',
        )
    },
    CallExpression(node) {
      const title = node.arguments[0]
      if (!isTestCall(source.slice(node.callee.start, node.callee.end)) || !title) return
      const text = source.slice(title.start + 1, title.end - 1)
      if (title.type !== 'Literal' && title.type !== 'TemplateLiteral') return
      const fault = titleFault(text)
      if (fault) report(title.start, `has the title "${text}", which ${fault}`)
    },
  }).visit(parsed.program)
  return faults
}

const FIXED_SLEEP =
  /^await (?:(?:sleep|delay|wait|setTimeout)\(\s*[\d_]+\s*\)|new Promise(?:<\w+>)?\(\(?\w+\)? => \{?\s*setTimeout\(\w+, [\d_]+\)\s*\}?\))$/

function importsVitest(source: string, offset: number): boolean {
  return /^[^'"]*from '(?:vitest|node:test)'/.test(source.slice(offset))
}

/** `it(`, `it.skipIf(...)(`, `it.each(...)(`; the call that takes a table has no title. */
function isTestCall(callee: string): boolean {
  return /^it(?:\.\w+)?$/.test(callee)
    ? !/\.(?:each|for|skipIf|runIf)$/.test(callee)
    : /^it\.(?:each|for|skipIf|runIf)\(/.test(callee)
}

const METAPHORS =
  /\b(?:anew|mend(?:s|ed|ing)?|nobody|the house|the world|the way of|pretended|keepsake|has to be|have to be|tells? (?:what|that|how|where|why)|is told|are told)\b/i

/** What is wrong with a title, as the end of a sentence. */
function titleFault(title: string): string | undefined {
  if (/\.$/.test(title)) return 'ends in a full stop'
  // A title of parameters alone takes its words from the table.
  if (!/[%$]/.test(title) && title.trim().split(/\s+/).length < 2) return 'is no sentence'
  const metaphor = METAPHORS.exec(title)?.[0]
  return metaphor ? `says "${metaphor}" instead of the technical term` : undefined
}
