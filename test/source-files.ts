import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))

export interface SourceFile {
  /** From the root of the repository, with slashes, as in `packages/core/src/index.ts`. */
  path: string
  /** What it imports, types included; a relative import is the path of the file that it means. */
  imports: string[]
  /** What of that is there at run time. */
  loads: string[]
}

/** The TypeScript files below a folder of the repository, without tests and their data. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.split(sep).join('/')}`)
    .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\/(testdata|node_modules)\//.test(path))
    .map(readSource)
}

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

export function readManifest(folder: string): {
  version: string
  exports: Record<string, unknown>
} {
  return JSON.parse(readText(`${folder}/package.json`))
}

function readSource(path: string): SourceFile {
  const text = readText(path)
  const compilerOptions = { target: ts.ScriptTarget.ESNext, verbatimModuleSyntax: true }
  const { outputText } = ts.transpileModule(text, { compilerOptions })
  return { path, imports: importsIn(text, path), loads: importsIn(outputText, path) }
}

function importsIn(text: string, path: string): string[] {
  return ts.preProcessFile(text).importedFiles.map(({ fileName }) =>
    fileName.startsWith('.')
      ? relative(root, join(root, dirname(path), fileName))
          .split(sep)
          .join('/')
          .replace(/\.js$/, '.ts')
      : fileName,
  )
}
