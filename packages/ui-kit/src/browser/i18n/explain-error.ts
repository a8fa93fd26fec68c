import { describeError, isCodedError } from '../http/request.js'
import { en } from './errors/en.js'
import { type KnownErrorCode, zhCN } from './errors/zh-CN.js'
import type { Locale } from './translate.js'

/** An error for people, and for whoever looks into it. */
export interface ErrorInWords {
  /** What happened, in the language of the page. */
  message: string
  /** What to do, in the language of the page. */
  hint: string | null
  /** Code, original message and request id, and the original hint if it is not shown: for a report. */
  text: string
}

const catalogues = { 'zh-CN': zhCN, en } as const

/** Any thrown value, or an error as the API tells of it; a code that nobody knows keeps its own words. */
export function explainError(error: unknown, locale: Locale): ErrorInWords {
  if (!isCodedError(error)) {
    const text = describeError(error)
    return { message: text, hint: null, text }
  }
  const { code, message, hint = null, request_id = null } = error
  const isItsOwn = !isKnown(code)
  // Who reports an error in English knows the case; the catalogue knows only the code.
  const shownHint = isItsOwn || (locale === 'en' && hint) ? hint : catalogues[locale][code][1]
  return {
    message: isItsOwn ? message : catalogues[locale][code][0],
    hint: shownHint,
    text: describeError({ code, message, hint: hint === shownHint ? null : hint, request_id }),
  }
}

function isKnown(code: string): code is KnownErrorCode {
  return Object.hasOwn(zhCN, code)
}
