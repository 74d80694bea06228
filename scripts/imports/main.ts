import { checkedFolders, circleFaults, directionFaults } from './check.ts'

// `npm run check:imports [-- FOLDER ...]`: what breaks the rules between packages, import circles, and folders that import
// each other. Exits with 1 when something does. The test beside it holds the same.
const asked = process.argv.slice(2).map((folder) => folder.replace(/\/$/, ''))
const faults = (asked.length > 0 ? asked : checkedFolders()).flatMap((folder) => [
  ...directionFaults(folder),
  ...circleFaults(folder),
])
for (const fault of faults) console.log(fault)
console.log(faults.length === 0 ? 'All imports follow the rules.' : `${faults.length} faults`)
process.exitCode = faults.length === 0 ? 0 : 1
