// node import.mjs MODULE: prints how many milliseconds a fresh process takes to import it.
const from = performance.now()
await import(process.argv[2])
console.log(performance.now() - from)
