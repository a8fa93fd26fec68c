import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TestWidget } from './ui-server.js'

export interface Example {
  title: string
  code: string
}

/** The examples of the documentation, under the headings they stand below. */
export async function componentExamples(): Promise<Example[]> {
  const page = new URL('../../../docs/reference/components.md', import.meta.url)
  const examples: Example[] = []
  let title = ''
  for (const [, heading, code] of (await readFile(page, 'utf8')).matchAll(
    /^#{2,3} ([^\n]+)$|^```js\n(.*?)^```$/gms,
  )) {
    if (heading !== undefined) title = heading
    if (code !== undefined) examples.push({ title, code })
  }
  return examples
}

/** A page with all of them. */
export async function galleryPage(examples: readonly Example[]): Promise<TestWidget> {
  const folder = await mkdtemp(join(tmpdir(), 'mon-gallery-'))
  const module = join(folder, 'gallery.js')
  const functions = examples.map(
    ({ title, code }) =>
      `[${JSON.stringify(title)}, async (example, ctx) => {\n${withDynamicImports(code)}}]`,
  )
  await writeFile(
    module,
    `const examples = [${functions.join(',\n')}]
customElements.define('gallery-page', class extends HTMLElement {
  connectedCallback() {
    this.append(Object.assign(document.createElement('h1'), { textContent: 'Components' }))
    for (const [title, run] of examples) {
      const section = document.createElement('section')
      section.append(Object.assign(document.createElement('h2'), { textContent: title }))
      const example = document.createElement('div')
      example.dataset.example = title
      section.append(example)
      this.append(section)
      run(example, this.ctx)
    }
  }
})`,
  )
  return {
    plugin: 'gallery',
    tag: 'gallery-page',
    slot: 'nav.page',
    path: '/p/gallery',
    module: pathToFileURL(module),
    title: { en: 'Components', 'zh-CN': '组件' },
  }
}

/** Imports stand at the top of a module, and the examples are functions of one. */
function withDynamicImports(code: string): string {
  return code
    .replace(/^import (\{.*\}) from (.*)$/gm, 'const $1 = await import($2)')
    .replace(/^import ('.*')$/gm, 'await import($1)')
}
