import type { WidgetContext } from '@mon/ui-kit'

export interface ExportProgress {
  bytes: number
  /** Rows that have come, of all. */
  share: number | null
}

/**
 * Fetches a CSV file and hands it to the browser to be saved. The browser keeps what has come,
 * on disk if it is much; with an abort of the signal nothing is saved.
 *
 * @param rows as many as the filter has, for the progress; null while that is not known
 * @returns the file's name and size
 * @throws RequestError, or the signal's reason
 */
export async function exportCsv(
  ctx: WidgetContext,
  path: string,
  rows: number | null,
  signal: AbortSignal,
  onProgress: (progress: ExportProgress) => void,
): Promise<{ file: string; bytes: number }> {
  const response = await ctx.fetch(path, { signal })
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  let lines = 0
  const reader = response.body?.getReader()
  for (;;) {
    const part = await reader?.read()
    if (part === undefined || part.done) break
    chunks.push(part.value)
    bytes += part.value.length
    lines += countLines(part.value)
    onProgress({ bytes, share: rows ? Math.min(1, lines / rows) : null })
  }
  const file = fileName(response.headers.get('content-disposition'))
  save(new Blob(chunks, { type: 'text/csv' }), file)
  return { file, bytes }
}

function countLines(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count += 1
  return count
}

function fileName(disposition: string | null): string {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '') ?? []
  return encoded === undefined ? 'history.csv' : decodeURIComponent(encoded)
}

function save(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has taken the content by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
