import type { KnownErrorCode } from './zh-CN.js'

export const en = {
  UNREACHABLE: [
    'The monitoring centre does not answer',
    'Check the network, and that the aggregator runs.',
  ],

  CONFIG_UNREADABLE: [
    'The configuration cannot be read',
    'Check its path, its permissions and the YAML.',
  ],
  CONFIG_INVALID: [
    'The configuration is not valid',
    'Correct each key that the error names; mon config check tries it.',
  ],
  LISTEN_REFUSED: [
    'The address to listen on is not safe',
    'Set a token or a password, or listen on 127.0.0.1.',
  ],
  LISTEN_FAILED: [
    'The address to listen on cannot be used',
    'Another process may hold the port: stop it, or choose another port.',
  ],
  SECRET_TOO_OPEN: [
    'A file that holds a secret is open to others',
    'Run the chmod 600 that the error names.',
  ],

  PLUGIN_NOT_FOUND: [
    'The plugin is not installed',
    'Install it in the deployment, or take it out of plugins.',
  ],
  PLUGIN_INVALID: ['The module is not a plugin', 'Check the package name under plugins.'],
  PLUGIN_DUPLICATE: ['Two plugins have the same id', 'Keep only one of them.'],
  PLUGIN_API_MISMATCH: [
    'The plugin is made for another version',
    'Upgrade the plugin or @mon/core.',
  ],
  PLUGIN_DEPENDENCY_MISSING: [
    'The plugin needs another one that is not there',
    'Install that one and name it under plugins.',
  ],
  PLUGIN_DEPENDENCY_CYCLE: [
    'Plugins depend on each other in a circle',
    'Their authors have to break the circle.',
  ],
  PLUGIN_DEPENDENCY_FAILED: [
    'The plugin needs another one that did not start',
    'Solve the problem of that one first.',
  ],
  PLUGIN_FAILED: ['The plugin failed', 'Read the error and the log; tell the author if need be.'],
  PLUGIN_TIMEOUT: ['The plugin did not finish in time', 'The log may say what it is waiting for.'],
  FIELD_CLAIMED: ['Two plugins claim the same field', 'Run only one of them.'],
  METRIC_INVALID: ['A metric is not declared well', 'The author of the plugin has to correct it.'],
  WIDGET_INVALID: ['A widget is not declared well', 'The author of the plugin has to correct it.'],

  COLLECTOR_FAILED: [
    'Collection failed',
    'Read the error and the log of the agent. It is tried again by itself.',
  ],
  COLLECTOR_TIMEOUT: [
    'Collection took too long',
    'The server or a driver may be busy. It is tried again by itself.',
  ],
  COLLECTOR_INVALID: [
    'The collected values are of the wrong type',
    'Check that agent and plugin have the same version.',
  ],

  DATABASE_UNAVAILABLE: [
    'The database cannot be opened',
    'Check its path, its permissions and the disk space.',
  ],
  DATABASE_IN_USE: ['Another process uses the database', 'Stop the other aggregator.'],
  DATABASE_FAILED: [
    'A database operation failed',
    'Check the disk space and the log of the aggregator.',
  ],
  DATABASE_NEWER: [
    'The database was made by a newer version',
    'Upgrade to that version, or go back with mon db rollback.',
  ],
  MIGRATION_INVALID: [
    'A migration is not declared well',
    'The author of the plugin has to correct it.',
  ],
  MIGRATION_CHANGED: [
    'A migration differs from the one applied',
    'Go back to the version of the plugin that applied it.',
  ],
  MIGRATION_FAILED: [
    'A migration failed and was rolled back',
    'No data has changed. Read the error, then try again.',
  ],

  HOST_REFUSED: [
    'This host name is not allowed',
    'Use the name of the machine or its IP, or add the name to allowed_hosts.',
  ],
  ORIGIN_REFUSED: ['The request comes from another site', 'Use the pages of the centre itself.'],
  UNAUTHORIZED: ['You need to log in', 'The session has ended. Log in again.'],
  WRONG_PASSWORD: ['The password is wrong', 'Enter it again.'],
  TOO_MANY_ATTEMPTS: ['Too many attempts to log in', 'Wait a little and try again.'],
  TOO_MANY_REQUESTS: ['Too many requests', 'Wait a little and try again.'],
  REQUEST_INVALID: [
    'What was sent is not valid',
    'Correct what the error names and send it again.',
  ],
  REQUEST_TIMEOUT: ['The request did not arrive in time', 'Check the network and try again.'],
  REQUEST_TOO_LARGE: ['What was sent is too large', 'Send less.'],
  HEADERS_TOO_LARGE: [
    'The headers of the request are too large',
    'Clear the cookies of this site.',
  ],
  MEDIA_TYPE_UNSUPPORTED: ['The format is not supported', 'Send JSON.'],
  ROUTE_NOT_FOUND: [
    'There is nothing at this address',
    'Page and centre may differ in version: reload the page.',
  ],
  SERVER_NOT_FOUND: ['There is no such server', 'It may have been deleted. Go back to the list.'],
  SERVER_NAME_TAKEN: ['Another server has this name', 'Choose another name.'],
  TOO_MANY_EXPORTS: ['Too many exports run at once', 'Try again when one of them has ended.'],
  PRECONDITION_FAILED: [
    'Somebody else has changed it meanwhile',
    'Open it again, see what has changed, and send your change again.',
  ],
  INTERNAL: [
    'Something failed inside the centre',
    'Try again later. The log has more under the request id.',
  ],

  AGENT_UNREACHABLE: [
    'The agent cannot be reached',
    'Check address, port and firewall, and that the agent runs.',
  ],
  AGENT_TIMEOUT: [
    'The agent did not answer in time',
    'The server may be overloaded, or the agent not running.',
  ],
  AGENT_UNAUTHORIZED: [
    'The agent refused the token',
    'Compare the token of this server with the token file of the agent.',
  ],
  AGENT_HTTP_ERROR: ['The agent answered with an error', 'Look at the log of the agent.'],
  AGENT_INVALID_SNAPSHOT: [
    'The answer is not a snapshot',
    'Check that an agent of a matching version runs at this address.',
  ],

  REMOTE_CONFIG_REFUSED: [
    'The agent does not allow this from outside',
    "Set the key that the error names in the agent's file on that server, and restart the agent.",
  ],
  PROXY_NOT_INSTALLED: [
    'The agent keeps no tunnels',
    'Install @mon/plugin-ssh-proxy on that server, name it under plugins, and restart the agent.',
  ],
  PROXY_NOT_CONFIGURED: [
    'The tunnel has no configuration yet',
    'Fill in its form and save it first.',
  ],
  PROXY_DISABLED: ['The tunnel is disabled', 'Enable it in its form first.'],
  SSH_MISSING: [
    'The ssh client cannot be started',
    'Install openssh-client on the server, then start the tunnel.',
  ],
  SSH_FAILED: [
    'The ssh client ended',
    'It is tried again. If it persists, run mon proxy test on the server.',
  ],
  PORT_IN_USE: [
    'Another program has the port of the tunnel',
    'Stop that program, or choose another port.',
  ],
  BIND_FAILED: ['The port of the tunnel cannot be opened', 'Choose a port from 1024 on.'],
  KEY_MISSING: [
    'The private key is not there',
    'Run scripts/setup-ssh-keys.sh on the server, or correct the path.',
  ],
  KEY_PERMS: [
    'The private key is open to others',
    'Run the chmod or chown that the error names, then start the tunnel.',
  ],
  KEY_INVALID: [
    'The private key cannot be used',
    'Make a new pair with scripts/setup-ssh-keys.sh.',
  ],
  KEY_PASSPHRASE: [
    'The private key has a passphrase',
    'Make a key for the tunnel alone with scripts/setup-ssh-keys.sh.',
  ],
  AUTH_FAILED: [
    'The centre does not accept the key',
    "Check the user's authorized_keys on the centre; the log of sshd there says why.",
  ],
  HOST_KEY_UNKNOWN: [
    'The host key of the centre is not known',
    'Run scripts/setup-ssh-keys.sh, and compare the fingerprint with the one at the centre.',
  ],
  HOST_KEY_CHANGED: [
    'The host key of the centre has changed',
    "A reinstall, or somebody in between: compare the fingerprint on the centre's own screen first.",
  ],
  ALGO_MISMATCH: ['The centre and the server have no algorithm in common', 'Update the older one.'],
  SSHD_DOWN: [
    'Nothing listens at the ssh port of the centre',
    'Start sshd on the centre; check the port and the firewall.',
  ],
  NETWORK_UNREACHABLE: [
    'There is no route to the centre',
    'Check the network of the server, the VPN, and the address of the centre.',
  ],
  CONNECT_TIMEOUT: [
    'The centre does not answer',
    'Check that it runs, and that its firewall lets this server in.',
  ],
  DNS_FAILED: [
    'The name of the centre does not resolve',
    'Check the name and the DNS, or use an IP address.',
  ],
  SERVER_REJECTED: [
    'The centre hung up before the login',
    'Check the ssh port, and look at the log of sshd on the centre.',
  ],
  LINK_LOST: [
    'The link to the centre was lost',
    'It comes back by itself. If it happens often, look at the network in between.',
  ],
  SERVER_CLOSED: [
    'The centre closed the connection',
    'It is tried again. If it persists, look at the log of sshd on the centre.',
  ],
  FORWARD_DENIED: [
    'The centre forbids the forward',
    'Correct permitopen and PermitOpen on the centre, then start the tunnel again.',
  ],
  PROXY_DOWN: [
    'The proxy on the centre does not answer',
    'Start the proxy on the centre; the tunnel notices by itself.',
  ],
} as const satisfies Record<KnownErrorCode, readonly [message: string, hint: string]>
