/** Adds a server to the aggregator, as a user would through the API, unless it is there. */
export async function watchServer(
  aggregator: string,
  server: { name: string; base_url: string },
): Promise<void> {
  if (await isWatched(aggregator, server.base_url)) return
  const response = await fetch(`${aggregator}/api/servers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(server),
  })
  if (!response.ok) {
    console.error(`${server.base_url} could not be added: ${await response.text()}`)
  }
}

async function isWatched(aggregator: string, baseUrl: string): Promise<boolean> {
  const response = await fetch(`${aggregator}/api/servers?view=summary`)
  const servers = await response.json()
  return Array.isArray(servers) && servers.some(({ base_url }) => base_url === baseUrl)
}
