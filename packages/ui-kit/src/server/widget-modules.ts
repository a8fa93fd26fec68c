import { basename } from 'node:path/posix'

/** What the server needs to know of a registered widget. */
export interface ServedWidget {
  plugin: string
  slot: string
  module: URL
  path?: string
}

/** URL path → module file, as `GET /api/widgets` names them; several widgets may share a module. */
export function widgetModules(widgets: readonly ServedWidget[]): Map<string, URL> {
  return new Map(
    widgets.map(({ plugin, module }) => [
      `/ui/widgets/${plugin}/${basename(module.pathname)}`,
      module,
    ]),
  )
}

/** Where the shell is served: the pages of the plugins, beside its own. */
export function pagePaths(widgets: readonly ServedWidget[]): string[] {
  const pages = widgets.filter(({ slot }) => slot === 'nav.page')
  return [
    '/',
    '/servers',
    '/servers/:id',
    ...pages.map(({ plugin, path }) => path ?? `/p/${plugin}`),
  ]
}
