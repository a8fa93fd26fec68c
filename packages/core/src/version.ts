import manifest from '../package.json' with { type: 'json' }

/** The version of this package, and of the agent and the aggregator in it. Builds carry it inside. */
export const coreVersion: string = manifest.version
