// Prints vitest's JSON report as one line: "N passed, N failed[, N skipped]".
import { readFileSync } from 'node:fs'

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
// A file that cannot be loaded, or whose set-up fails, has no failed test to show for it.
const broken = report.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
)
const failed = report.numFailedTests + broken.length
const skipped = report.numPendingTests + report.numTodoTests

const line = `${report.numPassedTests} passed, ${failed} failed`
console.log(skipped > 0 ? `${line}, ${skipped} skipped` : line)
