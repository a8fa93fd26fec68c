const PR_SET_PDEATHSIG = 1
const SIGKILL = 9

/**
 * Has the kernel end this process when the agent is gone: in a call that hangs it would not see
 * that its pipe was closed, and each start of the agent would leave another one behind.
 */
export async function endWithParent(): Promise<void> {
  const { load } = await import('koffi')
  const prctl = load(null).func('prctl', 'int', ['int', 'unsigned long'])
  prctl(PR_SET_PDEATHSIG, SIGKILL)
}
