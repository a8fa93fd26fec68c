import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0

it.skipIf(!hasShellcheck)(
  'the operator scripts have nothing that shellcheck would complain of',
  () => {
    const scripts = ['scripts/setup-ssh-keys.sh', 'tests/test_proxy_integration.sh']
    const { stdout } = spawnSync('shellcheck', scripts, { cwd: root, encoding: 'utf8' })
    expect(stdout).toBe('')
  },
)
