import { readFile } from 'node:fs/promises'
import type { AggregatorContext } from '@mon/core'
import { answer, createAsset, immutable, revalidate } from './asset.js'
import type { Assets } from './assets.js'
import { renderShell } from './shell.js'
import { pagePaths, type ServedWidget, widgetModules } from './widget-modules.js'

/**
 * A route for every page, every built file and every widget's module: what is not among them
 * has no address, so no path can lead out.
 *
 * @param widgets asked for once, when the routes are loaded
 */
export function uiRoutes(
  { manifest, files, favicon }: Assets,
  widgets: () => readonly ServedWidget[],
): Parameters<AggregatorContext['routes']>[0] {
  return async (app) => {
    const options = { schema: { hide: true } }
    // Whoever is to log in sees the shell first. It holds nothing of the fleet.
    const shown = { ...options, config: { public: true } }
    const shell = renderShell(manifest)
    const page = createAsset('index.html', Buffer.from(shell.html))

    for (const path of new Set(pagePaths(widgets()))) {
      app.get(path, shown, (request, reply) => {
        reply.header('content-security-policy', shell.policy)
        return answer(page, revalidate, request, reply)
      })
    }
    app.get('/favicon.svg', shown, (request, reply) => answer(favicon, revalidate, request, reply))
    for (const [file, asset] of files) {
      app.get(`/ui/${file}`, shown, (request, reply) => answer(asset, immutable, request, reply))
    }
    for (const [path, module] of widgetModules(widgets())) {
      app.get(path, options, async (request, reply) => {
        const asset = createAsset(path, await readFile(module))
        return answer(asset, revalidate, request, reply)
      })
    }
  }
}
