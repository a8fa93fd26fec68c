interface Server {
  name: string
  base_url: string
}

/**
 * Sees to it that the aggregator watches this server, as a user would through the API: adds it,
 * or tells its new address where it is known by its name.
 */
export async function watchServer(aggregator: string, server: Server): Promise<void> {
  const known = await listServers(aggregator)
  if (known.some(({ base_url }) => base_url === server.base_url)) return
  const namesake = known.find(({ name }) => name === server.name)
  const response =
    namesake === undefined
      ? await send('POST', `${aggregator}/api/servers`, server)
      : await send('PUT', `${aggregator}/api/servers/${namesake.id}`, {
          base_url: server.base_url,
        })
  if (!response.ok) {
    console.error(`${server.base_url} could not be added: ${await response.text()}`)
  }
}

async function listServers(aggregator: string): Promise<(Server & { id: number })[]> {
  const response = await fetch(`${aggregator}/api/servers?view=summary`)
  const servers = await response.json()
  return Array.isArray(servers) ? servers : []
}

function send(method: string, url: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(url, { method, headers, body: JSON.stringify(body) })
}
