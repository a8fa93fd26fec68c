import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import { createSecureContext } from 'node:tls'
import type { FastifyBaseLogger, FastifyServerFactoryHandler } from 'fastify'
import { readSecretFile } from '../config/secret-file.js'
import { MonError, messageOf } from '../errors.js'

/** Both in PEM; the certificate with those between it and its root. */
export interface TlsFiles {
  cert_file: string
  key_file: string
}

export interface TlsCredentials {
  cert: string
  key: string
}

/** What a server needs to speak HTTPS. */
export interface Tls extends TlsCredentials {
  /** Where they were read, and where renewed ones will be. */
  files: TlsFiles
}

/**
 * Reads a certificate and its key, and makes sure that they belong together.
 * @throws MonError CONFIG_UNREADABLE, SECRET_TOO_OPEN for the key, CONFIG_INVALID
 */
export async function readTls(files: TlsFiles): Promise<Tls> {
  const cert = await readCertificate(files.cert_file)
  const hint = 'Name the key of the certificate in PEM, without a passphrase.'
  const key = await readSecretFile(files.key_file, 'tls.key_file', hint)
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    throw new MonError(
      'CONFIG_INVALID',
      `tls: ${files.cert_file} and ${files.key_file} cannot be used: ${messageOf(error)}`,
      { hint, cause: error },
    )
  }
  return { files, cert, key }
}

/**
 * An HTTPS server that takes a renewed certificate without a restart: connections stay, new ones
 * get it. Files that cannot be used are logged, and the certificate in use stays.
 *
 * @param checkMs how often to look; files are read and not watched, for renewals replace links
 */
export function createTlsServer(
  { files, cert, key }: Tls,
  handler: FastifyServerFactoryHandler,
  log: FastifyBaseLogger,
  checkMs = 60_000,
): Server {
  const server = createServer({ cert, key, requireHostHeader: false }, handler)
  let inUse = cert + key
  let failure = ''

  async function renew(): Promise<void> {
    try {
      const renewed = await readTls(files)
      failure = ''
      if (renewed.cert + renewed.key === inUse) return
      server.setSecureContext(renewed)
      inUse = renewed.cert + renewed.key
      log.info({ cert_file: files.cert_file }, 'the renewed certificate is in use')
    } catch (error) {
      // While it lasts, the same is not said every minute.
      if (messageOf(error) !== failure) {
        log.error({ err: error }, 'the renewed certificate cannot be used, the old one stays')
      }
      failure = messageOf(error)
    }
  }

  server.once('listening', () => {
    const timer = setInterval(renew, checkMs).unref()
    server.once('close', () => clearInterval(timer))
  })
  return server
}

async function readCertificate(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    throw new MonError(
      'CONFIG_UNREADABLE',
      `tls.cert_file: ${file} cannot be read: ${messageOf(error)}`,
      {
        hint: 'Name the certificate in PEM.',
        cause: error,
      },
    )
  }
}
