import type { RunningHost } from './ask-host.js'

/** A command that a plugin adds to `mon`. */
export interface Command {
  /** A word of its own: `mon <name>`. */
  name: string
  /** One line for `mon --help`. */
  summary: string
  /**
   * @param args what follows the name, without `--config FILE`
   * @param host the one that this configuration is for, where it runs
   */
  run(args: string[], host: RunningHost): Promise<void>
}

export interface CommandRegistry {
  add(command: Command): void
}
