import type { MessageKey } from './zh-CN.js'

export const en = {
  'app.name': 'Fleet',
  'app.skip': 'Skip to content',
  'app.sidebar': 'Sidebar',
  'app.main_nav': 'Main',
  'app.tabs': 'Tabs',
  'app.menu': 'Menu',
  'app.page_failed': 'The page could not be loaded',
  'app.api_reference': 'API reference',
  'theme.system': 'as the system',
  'theme.light': 'light',
  'theme.dark': 'dark',
  'theme.switch': 'Theme: {current}. Switch to {next}',
  'language.other': '中文',

  'login.title': 'Log in',
  'login.password': 'Password',
  'login.submit': 'Log in',
  'login.wrong': 'The password is wrong.',
  'login.wait': 'Too many attempts. Try again in {delay}.',
  'login.locked':
    'This service takes only its token: no password is set. Make one with mon hash-password and set password_file.',
  'login.leave': 'Log out',

  'live.live': 'Live',
  'live.connecting': 'Connecting',
  'live.reconnecting': 'Reconnecting',
  'live.data_age': 'Data from {age}',
  'live.time_zone': 'Time zone {zone}',
  'live.lost': 'Live connection lost',
  'live.lost_detail': 'Showing data from {age} ({time}). Reconnect attempt {attempt}.',
  'live.reconnect': 'Reconnect now',

  'overview.title': 'Overview',
  'overview.summary': 'Fleet summary, select to filter',
  'overview.list': 'Servers',
  'overview.loading': 'Loading servers',
  'overview.empty': 'No servers yet',
  'overview.empty_detail':
    'Add a machine that runs the agent with the command below. Its figures appear here within seconds.',
  'overview.no_match': 'No servers match',
  'overview.no_match_detail': 'Filter: {filter}.',
  'overview.clear_filter': 'Clear filter',
  'overview.error': 'Servers could not be loaded',
  'overview.error_detail':
    'The monitoring service is not responding. This page tries again by itself: attempt {attempt} in {delay}.',
  'overview.retry': 'Retry now',

  'state.online': 'Online',
  'state.degraded': 'Warning',
  'state.offline': 'Offline',
  'state.disabled': 'Disabled',
  'state.unknown': 'Waiting',

  'card.cpu': 'CPU',
  'card.memory': 'Memory',
  'card.disk': 'Disk',
  'card.in': 'In',
  'card.out': 'Out',
  'card.uptime': 'Up {duration}',
  'card.last_seen': 'Last seen {age}',
  'card.never_seen': 'Never seen',
  'card.failed': 'Collection failed, trying again',
  'card.degraded': 'Some data could not be collected',
  'card.used_of': '{used} / {total}',

  'common.copy': 'Copy',
  'common.copied': 'Copied',
  'common.error_then': '{error}. {next}',
  'common.copy_error': 'Copy error',
  'common.retry': 'Retry',
  'common.cancel': 'Cancel',
  'common.close': 'Close',
  'common.notices': 'Notices',

  'action.slow': 'This is taking long',

  'widget.failed': '{plugin} failed to load',

  'announce.lost': 'Live connection lost, reconnecting',
  'announce.restored': 'Live connection restored',
  'announce.offline': '{names} went offline',
  'announce.online': '{names} came online',

  'manage.title': 'Servers',

  'detail.title': 'Server',
} as const satisfies Record<MessageKey, string>
