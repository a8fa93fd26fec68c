import { type Metric, Type } from '@mon/core'

/** The fields that this plugin adds to a snapshot. */
export const openFilesFields = {
  open_files: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  open_files_max: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
}

export interface OpenFiles {
  open_files: number | null
  open_files_max: number | null
}

/** From this follow the history columns, the chart, the CSV header and the Prometheus series. */
export const openFilesMetrics: Metric[] = [
  {
    name: 'open_files',
    unit: 'count',
    label: { en: 'Open files', 'zh-CN': '打开的文件' },
    hourly: ['avg', 'max'],
  },
]

/**
 * Parses `/proc/sys/fs/file-nr`: the file handles in use, a figure that has been 0 since
 * Linux 2.6, and the most that the kernel will give out.
 */
export function parseFileNr(text: string): OpenFiles {
  const match = /^(\d+)\s+\d+\s+(\d+)\s*$/.exec(text)
  if (match === null) return { open_files: null, open_files_max: null }
  return { open_files: Number(match[1]), open_files_max: Number(match[2]) }
}
