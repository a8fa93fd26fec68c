import { existsSync } from 'node:fs'

/**
 * A Chromium or Chrome of this machine, or null: then the tests that need one are skipped.
 * `MON_CHROMIUM` names another one.
 *
 * @example
 * describe.skipIf(!chromiumPath)('The overview', () => {
 *   const browser = await chromium.launch(launchOptions)
 * })
 */
export const chromiumPath: string | null = findChromium()

/** For `chromium.launch()` of playwright-core. */
export const launchOptions = {
  executablePath: chromiumPath ?? '',
  args: [
    // Root, as which containers run, gets no sandbox. The tests open only pages of their own.
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

export function findChromium(): string | null {
  const chosen = process.env.MON_CHROMIUM
  const places = chosen ? [chosen] : usualPlaces()
  return places.find((path) => existsSync(path)) ?? null
}

function usualPlaces(): string[] {
  switch (process.platform) {
    case 'win32':
      return [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => [
          `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
          `${folder}\\Chromium\\Application\\chrome.exe`,
          `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
        ])
    case 'darwin':
      return [
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
      ]
    default:
      return [
        '/usr/bin/chromium',
        '/usr/bin/google-chrome',
        '/usr/bin/google-chrome-stable',
        '/usr/bin/chromium-browser',
        '/snap/bin/chromium',
      ]
  }
}
