import semver from 'semver'

/** Where a rollback ends: the release before there was a ledger. */
export const FIRST_RELEASE = '1.0'

/** Whether the text names a release from 1.0 on: `1.1`, `1.1.0`, `v2`. */
export function isRelease(version: string): boolean {
  return semver.coerce(version) !== null && !isNewer(FIRST_RELEASE, version)
}

/** Whether release `a` came after `b`; `1.1` and `1.1.0` are the same. */
export function isNewer(a: string, b: string): boolean {
  return semver.gt(complete(a), complete(b))
}

function complete(version: string): string {
  return semver.coerce(version)?.version ?? '0.0.0'
}
