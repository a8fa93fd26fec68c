import type { Check } from '@mon/core'
import type { Bounds } from './bounds.js'
import { targetOf } from './ssh/ssh-arguments.js'
import { asError, isOwnTunnel, quickSteps, readPlan } from './tunnel-steps.js'

/** For `mon doctor`: what would keep the saved tunnel from coming up. */
export function tunnelCheck(bounds: Bounds, env: NodeJS.ProcessEnv): Check {
  return {
    name: 'tunnel',
    async run() {
      const plan = await readPlan(bounds, env)
      if (plan === null) return 'none is configured'
      if (!plan.config.enabled) return 'it is disabled'
      for (const step of quickSteps) {
        const failure = await step.run(plan)
        if (failure !== null && !(await isOwnTunnel(failure, plan))) throw asError(failure)
      }
      return `${targetOf(plan.config)} can be reached; \`mon proxy test\` goes all the way`
    },
  }
}
