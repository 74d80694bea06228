// The least a program has to answer. With an argument it misbehaves in the way that names.
const [way] = process.argv.slice(2)
let text = ''
for await (const chunk of process.stdin) text += chunk
const request = JSON.parse(text)
const misbehave = {
  code: () => process.exit(7),
  text: () => console.log('not JSON'),
  trace() {
    console.log('Traceback: token c4n4ry')
    process.exit(1)
  },
  refuse: () => console.log(JSON.stringify({ error: { kind: 'forbidden', message: 'This zone is not yours.' } })),
  odd: () => console.log(JSON.stringify({ error: { kind: 'whatever' } })),
  hang: () => setTimeout(() => {}, 3_600_000),
}
if (way && request.method !== 'describe') misbehave[way]()
else console.log(JSON.stringify({ zones: [], recordSets: [] }))
