import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Command, type Program, startProgram } from './program.js'

/** A program that we measure ourselves beside, as Debian packages it. */
export interface Peer extends Command {
  name: string
  package: string
}

/** Starts a peer; where it is not installed says so, and what brings it. */
export async function startPeer(peer: Peer): Promise<Program | undefined> {
  if (isInstalled(peer.command)) return startProgram(peer)
  console.log(`${peer.name}: not installed (Debian package ${peer.package}), left out`)
  return undefined
}

/** Those from which our own figures can be had; `stat` has the time of the boot. */
const sameMetrics = ['cpu', 'meminfo', 'loadavg', 'filesystem', 'netdev', 'diskstats', 'stat']

export const nodeExporter: Peer = {
  name: 'node_exporter, default',
  package: 'prometheus-node-exporter',
  command: 'prometheus-node-exporter',
  path: '/',
  args: (address) => [`--web.listen-address=${address}`],
}

export const nodeExporterSame: Peer = {
  ...nodeExporter,
  name: 'node_exporter, same metrics',
  args: (address) => [
    `--web.listen-address=${address}`,
    '--web.disable-exporter-metrics',
    '--collector.disable-defaults',
    ...sameMetrics.map((name) => `--collector.${name}`),
  ],
}

export const netdata: Peer = {
  name: 'netdata, default',
  package: 'netdata',
  command: 'netdata',
  path: '/api/v1/info',
  args(address, folder) {
    const [host, port] = address.split(':')
    const folders = ['config', 'cache', 'lib', 'log'].map((name) => {
      const path = join(folder, name)
      mkdirSync(path)
      return `${name} = ${path}`
    })
    // It would report its start to its makers.
    writeFileSync(join(folder, 'config', '.opt-out-from-anonymous-statistics'), '')
    const file = join(folder, 'netdata.conf')
    writeFileSync(
      file,
      [
        '[directories]',
        ...folders,
        '[web]',
        `bind to = ${host}`,
        `default port = ${port}`,
        '[global]',
        `run as user = ${process.env.USER ?? 'root'}`,
      ].join('\n'),
    )
    return ['-D', '-c', file, '-P', join(folder, 'pid')]
  },
}

/** @param ports targets on loopback, asked every `interval_s` at `path` */
export function prometheus(ports: readonly number[], path: string, interval_s: number): Peer {
  return {
    name: 'Prometheus',
    package: 'prometheus',
    command: 'prometheus',
    path: '/-/ready',
    args: (address, folder) => [
      `--config.file=${writeScrapeConfig(folder, { ports, path, interval_s })}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
    ],
  }
}

/** @param sink where it writes what it has scraped */
export function vmagent(
  ports: readonly number[],
  path: string,
  interval_s: number,
  sink: string,
): Peer {
  return {
    name: 'vmagent',
    package: 'victoria-metrics',
    command: 'vmagent',
    path: '/health',
    args: (address, folder) => [
      `-promscrape.config=${writeScrapeConfig(folder, { ports, path, interval_s })}`,
      `-remoteWrite.url=${sink}`,
      `-remoteWrite.tmpDataPath=${join(folder, 'data')}`,
      `-httpListenAddr=${address}`,
    ],
  }
}

/** YAML, which JSON is. */
function writeScrapeConfig(
  folder: string,
  { ports, path, interval_s }: { ports: readonly number[]; path: string; interval_s: number },
): string {
  const file = join(folder, 'scrape.yml')
  const targets = ports.map((port) => `127.0.0.1:${port}`)
  writeFileSync(
    file,
    JSON.stringify({
      global: { scrape_interval: `${interval_s}s`, scrape_timeout: `${interval_s}s` },
      scrape_configs: [{ job_name: 'fleet', metrics_path: path, static_configs: [{ targets }] }],
    }),
  )
  return file
}

function isInstalled(command: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return [...folders, '/usr/sbin'].some((folder) => existsSync(join(folder, command)))
}
