import { type Static, Type } from '@mon/core'

/** What the agent's configuration may hold for this plugin. */
export const AgentConfig = Type.Object({
  source: Type.Union([Type.Literal('auto'), Type.Literal('nvml'), Type.Literal('nvidia-smi')], {
    default: 'auto',
    description:
      "nvml: the driver's library, in a process of its own; nvidia-smi: the command; auto: the library, and the command where that fails",
  }),
  nvidia_smi_path: Type.String({
    default: 'nvidia-smi',
    minLength: 1,
    description: 'The command, by its path or its name on PATH',
  }),
  processes: Type.Union([Type.Literal('off'), Type.Literal('basic'), Type.Literal('full')], {
    default: 'basic',
    description:
      'off: only pid and memory; basic: also user, program and container; full: the whole command line, which can hold secrets',
  }),
  slow_interval_s: Type.Number({
    default: 10,
    minimum: 5,
    maximum: 3600,
    description: 'Seconds between two readings of processes, ECC, PCIe and MIG instances, at least',
  }),
  leave_alone: Type.Array(
    Type.String({
      pattern:
        '^(?:\\d{1,3}|GPU-[0-9a-fA-F-]+|[0-9a-fA-F]{4,8}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\\.[0-7])$',
    }),
    { default: [], description: 'Cards that are not read or shown, by index, uuid or bus id' },
  ),
})
export type AgentConfig = Static<typeof AgentConfig>
