import type { Messages } from '@mon/core'

/** What the widgets say; `ctx.i18n.t('open-files.label')` gives a text. */
export const openFilesMessages: Messages = {
  'zh-CN': {
    label: '打开的文件',
    now: '当前',
    peak: '历史最高',
    unknown: '未知',
  },
  en: {
    label: 'Open files',
    now: 'Now',
    peak: 'Most so far',
    unknown: 'unknown',
  },
}
