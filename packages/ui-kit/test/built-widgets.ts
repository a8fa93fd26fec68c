import { basename } from 'node:path/posix'
import type { Plugin, Widget } from '@mon/core'

/**
 * The plugin with its widgets where the build puts them: a browser loads no TypeScript.
 *
 * @param dist the folder of the build, with a slash at its end
 */
export function withBuiltWidgets(plugin: Plugin, widgets: readonly Widget[], dist: URL): Plugin {
  const built = widgets.map((widget) => ({
    ...widget,
    module: new URL(basename(widget.module.pathname), dist),
  }))
  return { ...plugin, aggregator: { ...plugin.aggregator, widgets: built } }
}
