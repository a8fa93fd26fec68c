import { type RoutePlugin, type Server, Type } from '@mon/core'
import { GpuState } from '../gpu-info.js'
import { CardSeries, type CardWindow } from './card-window.js'
import { FreeCards, findFree } from './find-free.js'
import { type CardsOf, FleetCard, fleetCards } from './fleet-cards.js'
import { processesByUser, UserProcesses } from './processes-by-user.js'

const tags = ['gpus']
const model = Type.Optional(
  Type.String({ minLength: 1, maxLength: 100, description: "A part of the model's name" }),
)
const user = Type.Optional(Type.String({ minLength: 1, maxLength: 100 }))
const closed = { additionalProperties: false }

export interface GpuRoutesOptions {
  servers(): Server[]
  cardsOf: CardsOf
  window: Pick<CardWindow, 'read'>
  /** A lost card that nobody shall miss any more. */
  forget(serverId: number, uuid: string): Promise<void>
  /** Epoch seconds. */
  now(): number
}

/** What stands below `/api/gpus`. */
export function gpuRoutes({
  servers,
  cardsOf,
  window,
  forget,
  now,
}: GpuRoutesOptions): RoutePlugin {
  return async (app) => {
    app.get(
      '',
      {
        schema: {
          summary: 'Every GPU of the fleet',
          tags,
          querystring: Type.Object(
            {
              model,
              user,
              state: Type.Optional(GpuState),
              trouble: Type.Optional(
                Type.Boolean({
                  description:
                    'In error, lost, old, hot, or slowed down by more than its power limit',
                }),
              ),
            },
            closed,
          ),
          response: { 200: Type.Array(FleetCard) },
        },
        serializerCompiler: () => JSON.stringify,
      },
      ({ query }) => fleetCards(servers(), cardsOf, query),
    )

    app.get(
      '/free',
      {
        schema: {
          summary: 'Find free GPUs in one server',
          description:
            'Servers with so many cards that nobody uses (`free` of the card); with ' +
            '`min_free_mb`, that can be read, are at most 10 % busy, not partitioned, and have ' +
            'that memory free. Best first: cards that nobody uses before idle ones, then the ' +
            'most memory.',
          tags,
          querystring: Type.Object(
            {
              count: Type.Integer({ minimum: 1, maximum: 64, default: 1 }),
              min_free_mb: Type.Optional(Type.Number({ minimum: 0, description: 'Of each card' })),
              model,
            },
            closed,
          ),
          response: { 200: Type.Array(FreeCards) },
        },
      },
      ({ query: { model, ...wish } }) =>
        findFree(fleetCards(servers(), cardsOf, model === undefined ? {} : { model }), wish),
    )

    app.get(
      '/processes',
      {
        schema: {
          summary: 'Who uses which GPUs',
          tags,
          querystring: Type.Object({ user }, closed),
          response: { 200: Type.Array(UserProcesses) },
        },
        serializerCompiler: () => JSON.stringify,
      },
      ({ query: { user } }) =>
        processesByUser(fleetCards(servers(), cardsOf)).filter(
          (each) => user === undefined || each.user === user,
        ),
    )

    app.get(
      '/live',
      {
        schema: {
          summary: "The last minutes of a server's GPUs, card by card",
          tags,
          querystring: Type.Object(
            {
              server_id: Type.Integer({ minimum: 1 }),
              minutes: Type.Integer({ minimum: 1, maximum: 60, default: 60 }),
            },
            closed,
          ),
          response: { 200: CardSeries },
        },
        serializerCompiler: () => JSON.stringify,
      },
      ({ query: { server_id, minutes } }) => window.read(server_id, now() - minutes * 60, now()),
    )

    app.delete(
      '/lost/:server_id/:uuid',
      {
        schema: {
          summary: 'Forget a GPU that was taken out for good',
          tags,
          params: Type.Object({
            server_id: Type.Integer({ minimum: 1 }),
            uuid: Type.String({ maxLength: 100 }),
          }),
          response: { 204: Type.Null() },
        },
      },
      async ({ params: { server_id, uuid } }, reply) => {
        await forget(server_id, uuid)
        return reply.code(204).send(null)
      },
    )
  }
}
