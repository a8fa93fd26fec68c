import type { RoutePlugin } from '@mon/core'

/** `GET /history.html`, where version 1.0 had its page: leads to the page of now, with what it was asked. */
export const pageRoute: RoutePlugin = async (app) => {
  app.get(
    '/history.html',
    // The page is public too: it asks for the password by itself.
    { config: { public: true }, schema: { hide: true } },
    async (request, reply) =>
      reply.redirect(`/history${request.url.slice('/history.html'.length)}`),
  )
}
