/** The source language: a key exists because it is here. Placeholders are `{name}`. */
export const zhCN = {
  'app.name': '机群监控',
  'app.skip': '跳到正文',
  'app.sidebar': '侧栏',
  'app.main_nav': '主导航',
  'app.tabs': '底部导航',
  'app.menu': '菜单',
  'app.page_failed': '页面未能载入',
  'app.api_reference': 'API 参考',
  'theme.system': '跟随系统',
  'theme.light': '浅色',
  'theme.dark': '深色',
  'theme.switch': '主题：{current}。切换为{next}',
  'language.other': 'English',

  'login.title': '登录',
  'login.password': '密码',
  'login.submit': '登录',
  'login.wrong': '密码不正确。',
  'login.wait': '尝试次数过多，请在 {delay} 后重试。',
  'login.locked':
    '此服务只接受访问令牌，尚未设置登录密码。用 mon hash-password 生成密码，并设置 password_file。',
  'login.leave': '退出登录',

  'live.live': '实时更新',
  'live.connecting': '连接中',
  'live.reconnecting': '正在重连',
  'live.data_age': '数据停在 {age}',
  'live.time_zone': '时区 {zone}',
  'live.lost': '实时连接已中断',
  'live.lost_detail': '显示的是 {age}（{time}）的数据，正在第 {attempt} 次重连。',
  'live.reconnect': '立即重连',

  'overview.title': '总览',
  'overview.summary': '机群概况，点击筛选',
  'overview.list': '服务器',
  'overview.loading': '正在载入服务器',
  'overview.empty': '还没有服务器',
  'overview.empty_detail': '用下面的命令添加一台运行着 Agent 的机器，几秒后这里就会出现它的数据。',
  'overview.no_match': '没有符合条件的服务器',
  'overview.no_match_detail': '当前筛选：{filter}。',
  'overview.clear_filter': '清除筛选',
  'overview.error': '无法载入服务器',
  'overview.error_detail': '监控服务没有响应，页面会自动重试，{delay}后进行第 {attempt} 次。',
  'overview.retry': '立即重试',

  'state.online': '在线',
  'state.degraded': '告警',
  'state.offline': '离线',
  'state.disabled': '已停用',
  'state.unknown': '等待采集',

  'card.cpu': 'CPU',
  'card.memory': '内存',
  'card.disk': '磁盘',
  'card.in': '下行',
  'card.out': '上行',
  'card.uptime': '已运行 {duration}',
  'card.last_seen': '最后在线 {age}',
  'card.never_seen': '从未在线',
  'card.failed': '采集失败，正在自动重试',
  'card.degraded': '部分数据采集失败',
  'card.used_of': '{used} / {total}',

  'common.copy': '复制',
  'common.copied': '已复制',
  'common.error_then': '{error}。{next}',
  'common.copy_error': '复制错误',
  'common.retry': '重试',
  'common.cancel': '取消',
  'common.close': '关闭',
  'common.notices': '通知',

  'action.slow': '操作还没有完成',

  'widget.failed': '{plugin} 加载失败',

  'announce.lost': '实时连接已中断，正在重连',
  'announce.restored': '实时连接已恢复',
  'announce.offline': '{names}已离线',
  'announce.online': '{names}已上线',

  'manage.title': '服务器',

  'detail.title': '服务器详情',
} as const

export type MessageKey = keyof typeof zhCN
