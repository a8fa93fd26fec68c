import { createHash } from 'node:crypto'
import type { BuildManifest } from './assets.js'

export interface Shell {
  html: string
  /** Value of `Content-Security-Policy`. */
  policy: string
}

/** The one HTML page. Its two inline scripts are allowed by their hash, and nothing else inline is. */
export function renderShell({ main, styles, preload, imports }: BuildManifest): Shell {
  const importMap = JSON.stringify({
    imports: Object.fromEntries(
      Object.entries(imports).map(([specifier, file]) => [specifier, `/ui/${file}`]),
    ),
  })
  const html = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>@mon</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<script>${bootScript}</script>
<script type="importmap">${importMap}</script>
<link rel="preload" href="/api/session" as="fetch" crossorigin>
<link rel="stylesheet" href="/ui/${styles}">
${preload.map((file) => `<link rel="modulepreload" href="/ui/${file}">`).join('\n')}
<script type="module" src="/ui/${main}"></script>
</head>
<body>
<mon-app></mon-app>
<noscript>This page needs JavaScript. 本页面需要 JavaScript。</noscript>
</body>
</html>
`
  return { html, policy: contentSecurityPolicy([bootScript, importMap]) }
}

/** Theme and language before the first paint, as they were chosen or as the browser wishes. */
const bootScript = `(() => {
  const chosen = (key) => { try { return localStorage.getItem(key) } catch { return null } }
  const root = document.documentElement
  const theme = chosen('mon.theme')
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  root.lang = /^zh\\b/i.test(chosen('mon.locale') ?? navigator.language) ? 'zh-CN' : 'en'
})()`

function contentSecurityPolicy(inlineScripts: string[]): string {
  const hashes = inlineScripts.map(
    (script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
