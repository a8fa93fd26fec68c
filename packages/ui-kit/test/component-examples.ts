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
    /^#{2,3} (.+)$|^```js\n(.*?)^```$/gms,
  )) {
    if (heading !== undefined) title = heading
    if (code !== undefined) examples.push({ title, code })
  }
  return examples
}

/** A page with all of them, each a module of its own. */
export async function galleryPage(examples: readonly Example[]): Promise<TestWidget> {
  const folder = await mkdtemp(join(tmpdir(), 'mon-gallery-'))
  const imports = examples.map(({ code }, index) => {
    const lines = code.split('\n')
    const isImport = (line: string) => line.startsWith('import ')
    const renamed = lines.filter(isImport).map((line) =>
      line.replace(/\{(.*)\}/, (_all, names: string) => {
        const each = names.split(',').map((name) => `${name.trim()} as ${name.trim()}_${index}`)
        return `{ ${each.join(', ')} }`
      }),
    )
    const names = renamed.flatMap((line) => [...line.matchAll(/(\w+) as (\w+)/g)])
    const constants = names.map(([, name, alias]) => `const ${name} = ${alias};`).join('')
    const body = lines.filter((line) => !isImport(line)).join('\n')
    return { imports: renamed.join('\n'), run: `(example, ctx) => {${constants}${body}}` }
  })
  const module = join(folder, 'gallery.js')
  await writeFile(
    module,
    `${imports.map((each) => each.imports).join('\n')}
const examples = [${examples.map(({ title }, index) => `[${JSON.stringify(title)}, ${imports[index]?.run}]`).join(',\n')}]
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
