import { Ajv, type ErrorObject } from 'ajv'
import { type TProperties, type TSchema, Type } from 'typebox'
import { throwIfUncompilable } from '../snapshot/field-schemas.js'
import {
  CollectorHealth,
  type LatestSnapshot,
  Snapshot,
  systemFields,
} from '../snapshot/snapshot.js'
import type { AgentError } from './agent-error.js'
import { boundJson } from './bound-json.js'
import { isObject } from './json.js'

/** Makes a snapshot of what an agent sent, or says why it is none. Never throws. */
export type SnapshotCheck = (received: unknown) => CheckedSnapshot

export type CheckedSnapshot =
  | { ok: true; snapshot: LatestSnapshot }
  | { ok: false; error: AgentError }

/** The snapshot fields that one plugin declares. */
export interface FieldOwner {
  /** Its key under `collectors`. */
  plugin: string
  fields: TProperties
}

/** @throws Error that names the field, where a snapshot cannot be checked by its schema */
export function throwIfUncheckable({ fields }: FieldOwner): void {
  throwIfUncompilable(ajv, fields)
}

/**
 * Known fields are kept, absent ones are null, others are dropped. A known field of the wrong
 * type is null, and its owner's entry under `collectors` says so. Only `ts` and `hostname`
 * must be there, so that agents of version 1.0 pass.
 */
export function createSnapshotCheck(plugins: readonly FieldOwner[]): SnapshotCheck {
  const owners = new Map([['gpus', 'gpus']])
  for (const field of Object.keys(systemFields)) owners.set(field, 'system')
  const declared: TProperties = {}
  for (const { plugin, fields } of plugins) {
    for (const [field, schema] of Object.entries(fields)) {
      owners.set(field, plugin)
      declared[field] = orNull(field === 'gpus' ? Type.Intersect([gpus, schema]) : schema)
    }
  }
  const isSnapshot = ajv.compile<LatestSnapshot>(
    Type.Object({ ...Snapshot.properties, ...declared }),
  )

  return (received) => {
    if (!isObject(received)) return invalid('is not a JSON object')
    const collectors = collectorsOf(received.collectors)
    const snapshot: Record<string, unknown> = {
      ts: received.ts,
      hostname: boundJson(received.hostname),
      agent_version: boundJson(versionOf(received)),
    }
    for (const field of owners.keys()) {
      snapshot[field] = Object.hasOwn(received, field) ? boundJson(received[field]) : null
    }
    snapshot.collectors = collectors

    // ajv stops at the first fault; each turn here nulls one field, which null always fits.
    for (;;) {
      if (isSnapshot(snapshot)) return { ok: true, snapshot }
      const fault = describe(isSnapshot.errors)
      const owner = owners.get(fault.field)
      if (owner === undefined || snapshot[fault.field] === null) return invalid(fault.message)
      snapshot[fault.field] = null
      collectors[owner] = withFault(collectors[owner], fault.message)
    }
  }
}

/** Whether a collector is not ok: then the server is degraded. */
export function isDegraded(snapshot: LatestSnapshot): boolean {
  return Object.values(snapshot.collectors).some(({ ok }) => !ok)
}

const ajv = new Ajv({
  strict: false,
  strictNumbers: true,
  validateFormats: false,
  logger: false,
})
const isHealth = ajv.compile<CollectorHealth>(CollectorHealth)
const { gpus } = Snapshot.properties

const MAX_COLLECTORS = 64
const collectorName = /^[A-Za-z0-9][\w.@/-]{0,99}$/

function collectorsOf(received: unknown): Record<string, CollectorHealth> {
  if (!isObject(received)) return {}
  const named = Object.entries(received).filter(([name]) => collectorName.test(name))
  return Object.fromEntries(
    named.slice(0, MAX_COLLECTORS).map(([name, value]) => [name, healthOf(boundJson(value))]),
  )
}

function healthOf(value: unknown): CollectorHealth {
  if (!isHealth(value)) return withFault(undefined, 'its health is not readable')
  const { ok, ms, age_s, code, message } = value
  return {
    ok,
    age_s,
    ...(ms !== undefined && { ms }),
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
  }
}

function withFault(health: CollectorHealth | undefined, fault: string): CollectorHealth {
  const isSecond = health?.code === 'COLLECTOR_INVALID' && health.message !== undefined
  return {
    age_s: null,
    ...health,
    ok: false,
    code: 'COLLECTOR_INVALID',
    message: isSecond ? `${health.message}; ${fault}` : fault,
  }
}

/** The one text that is never null. */
function versionOf({ agent_version }: Record<string, unknown>): string {
  return typeof agent_version === 'string' ? agent_version : 'unknown'
}

/** `/disks/0/mount` and "must be string". */
function describe(errors: readonly ErrorObject[] | null | undefined) {
  const [error] = errors ?? []
  const path = error?.instancePath.slice(1).replaceAll('/', '.') ?? ''
  return {
    field: path.split('.')[0] ?? '',
    message: `${path.slice(0, 200)} ${error?.message ?? 'is not valid'}`.trim(),
  }
}

function orNull(schema: TSchema): TSchema {
  return Type.Union([schema, Type.Null()])
}

function invalid(fault: string): CheckedSnapshot {
  return {
    ok: false,
    error: {
      code: 'AGENT_INVALID_SNAPSHOT',
      message: `The answer is not a snapshot: ${fault}.`,
      hint: 'Check that an agent listens there, and that its version fits.',
    },
  }
}
