/** The dialogs of the shell, each fetched when it is first opened. */
export const dialogs = {
  about: () => open('mon-about', () => import('./about-dialog.js')),
  settings: () => open('mon-settings', () => import('./settings-dialog.js')),
  shortcuts: () => open('mon-shortcuts', () => import('./shortcuts-dialog.js')),
}

async function open(tag: string, load: () => Promise<unknown>): Promise<void> {
  await load()
  document.body.append(document.createElement(tag))
}
