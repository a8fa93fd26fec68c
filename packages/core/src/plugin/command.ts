/** A command that a plugin adds to `mon`. */
export interface Command {
  /** A word of its own: `mon <name>`. */
  name: string
  /** One line for `mon --help`. */
  summary: string
  /** @param args what follows the name */
  run(args: string[]): Promise<void>
}

export interface CommandRegistry {
  add(command: Command): void
}
