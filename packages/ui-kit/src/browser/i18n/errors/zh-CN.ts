/**
 * Every code of the one catalogue in `@mon/core`, in words for an operator: what happened, and
 * what to do. A test holds the two together. `UNREACHABLE` is the page's own.
 */
export const zhCN = {
  UNREACHABLE: ['监控中心没有应答', '检查网络，以及中心进程是否在运行。'],

  CONFIG_UNREADABLE: ['配置文件无法读取', '检查路径、权限和 YAML 语法。'],
  CONFIG_INVALID: ['配置不正确', '按错误原文逐项改正，可用 mon config check 先行检查。'],
  LISTEN_REFUSED: ['监听地址不安全', '设置令牌或密码，或者只监听 127.0.0.1。'],
  LISTEN_FAILED: ['监听地址无法使用', '端口可能已被占用，换一个端口或停掉占用它的进程。'],
  SECRET_TOO_OPEN: ['密钥文件的权限过宽', '按错误原文执行 chmod 600。'],

  PLUGIN_NOT_FOUND: ['插件没有安装', '在部署目录安装它，或从配置的 plugins 中去掉。'],
  PLUGIN_INVALID: ['这个模块不是插件', '检查 plugins 中的包名。'],
  PLUGIN_DUPLICATE: ['两个插件的标识相同', '只保留其中一个。'],
  PLUGIN_API_MISMATCH: ['插件与主程序的版本不匹配', '升级插件或 @mon/core。'],
  PLUGIN_DEPENDENCY_MISSING: ['缺少插件所依赖的另一个插件', '安装并在 plugins 中启用它。'],
  PLUGIN_DEPENDENCY_CYCLE: ['插件互相依赖，形成了环', '请插件作者解除循环依赖。'],
  PLUGIN_DEPENDENCY_FAILED: ['所依赖的插件没有启动', '先解决那个插件的问题。'],
  PLUGIN_FAILED: ['插件出错', '查看错误原文和日志，必要时告知插件作者。'],
  PLUGIN_TIMEOUT: ['插件没有在限定时间内完成', '查看日志，确认它在等待什么。'],
  FIELD_CLAIMED: ['两个插件声明了同一个字段', '只启用其中一个。'],
  METRIC_INVALID: ['指标声明不正确', '请插件作者改正。'],
  WIDGET_INVALID: ['界面组件声明不正确', '请插件作者改正。'],

  COLLECTOR_FAILED: ['采集失败', '查看错误原文和 Agent 日志，采集会自动重试。'],
  COLLECTOR_TIMEOUT: ['采集超时', '服务器或驱动可能繁忙，采集会自动重试。'],
  COLLECTOR_INVALID: ['采集到的数据格式不正确', '核对 Agent 与插件的版本是否一致。'],

  DATABASE_UNAVAILABLE: ['数据库无法打开', '检查数据库文件的路径、权限和磁盘空间。'],
  DATABASE_IN_USE: ['数据库被另一个进程占用', '停掉另一个正在运行的中心进程。'],
  DATABASE_FAILED: ['数据库操作失败', '检查磁盘空间，并查看中心的日志。'],
  DATABASE_NEWER: ['数据库来自更新的版本', '升级到同一版本，或用 mon db rollback 退回。'],
  MIGRATION_INVALID: ['数据库迁移声明不正确', '请插件作者改正。'],
  MIGRATION_CHANGED: ['数据库迁移与已执行的不一致', '换回原来的插件版本。'],
  MIGRATION_FAILED: ['数据库迁移失败，已回滚', '数据没有改动。查看错误原文后再试。'],

  HOST_REFUSED: ['访问的主机名不被允许', '改用本机名或 IP，或把它加入 allowed_hosts。'],
  ORIGIN_REFUSED: ['请求来自其他网站，已拒绝', '请从监控页面本身操作。'],
  UNAUTHORIZED: ['需要登录', '登录已失效，请重新登录。'],
  WRONG_PASSWORD: ['密码不正确', '请重新输入。'],
  TOO_MANY_ATTEMPTS: ['登录尝试过于频繁', '稍等片刻再试。'],
  TOO_MANY_REQUESTS: ['请求过于频繁', '稍等片刻再试。'],
  REQUEST_INVALID: ['提交的内容不正确', '按错误原文改正后再提交。'],
  REQUEST_TIMEOUT: ['请求没有及时送达', '检查网络后重试。'],
  REQUEST_TOO_LARGE: ['提交的内容过大', '减少内容后再提交。'],
  HEADERS_TOO_LARGE: ['请求头过大', '清除本站的 Cookie 后再试。'],
  MEDIA_TYPE_UNSUPPORTED: ['提交的格式不受支持', '请使用 JSON。'],
  ROUTE_NOT_FOUND: ['该地址不存在', '页面与中心的版本可能不一致，重新载入页面。'],
  SERVER_NOT_FOUND: ['没有这台服务器', '它可能已被删除，返回列表看看。'],
  SERVER_NAME_TAKEN: ['服务器名称已被使用', '换一个名称。'],
  PRECONDITION_FAILED: ['内容已被其他人修改', '重新打开，查看改动后再提交。'],
  INTERNAL: ['中心内部出错', '稍后重试。查日志时请附上请求编号。'],

  AGENT_UNREACHABLE: ['连接不上 Agent', '检查地址、端口和防火墙，以及 Agent 是否在运行。'],
  AGENT_TIMEOUT: ['Agent 没有及时应答', '服务器可能过载，或 Agent 未在运行。'],
  AGENT_UNAUTHORIZED: ['Agent 拒绝了令牌', '核对服务器设置中的令牌与 Agent 的令牌文件。'],
  AGENT_HTTP_ERROR: ['Agent 返回了错误', '查看 Agent 的日志。'],
  AGENT_INVALID_SNAPSHOT: ['返回的不是有效数据', '确认该地址上运行的是 Agent，且版本相符。'],

  REMOTE_CONFIG_REFUSED: [
    'Agent 不允许远程这样设置',
    '在那台服务器的 Agent 配置中放开错误原文所指的项，再重启 Agent。',
  ],
  PROXY_NOT_INSTALLED: [
    'Agent 没有启用 SSH 代理插件',
    '在那台服务器上安装 @mon/plugin-ssh-proxy，写入 Agent 配置的 plugins，再重启 Agent。',
  ],
  PROXY_NOT_CONFIGURED: ['SSH 代理还没有配置', '先填写并保存代理设置。'],
  PROXY_DISABLED: ['SSH 代理已停用', '先在代理设置中启用它。'],
  SSH_MISSING: ['无法运行 ssh 客户端', '在服务器上安装 openssh-client，再启动代理。'],
  SSH_FAILED: ['ssh 意外退出', '会自动重试。若反复出现，在服务器上运行 mon proxy test。'],
  PORT_IN_USE: ['代理的监听端口已被占用', '停掉占用它的程序，或换一个端口。'],
  BIND_FAILED: ['代理的监听端口无法打开', '换用 1024 以上的端口。'],
  KEY_MISSING: ['找不到私钥文件', '在服务器上运行 scripts/setup-ssh-keys.sh，或改正路径。'],
  KEY_PERMS: ['私钥文件的权限过宽', '按错误原文执行 chmod 或 chown，再启动代理。'],
  KEY_INVALID: ['私钥文件无法使用', '用 scripts/setup-ssh-keys.sh 重新生成一对密钥。'],
  KEY_PASSPHRASE: ['私钥设有密码短语', '用 scripts/setup-ssh-keys.sh 为代理单独生成一对密钥。'],
  AUTH_FAILED: [
    '中心不接受这把密钥',
    '核对中心上该用户的 authorized_keys，sshd 的日志会说明原因。',
  ],
  HOST_KEY_UNKNOWN: [
    '不认识中心的主机密钥',
    '运行 scripts/setup-ssh-keys.sh，并与中心显示的指纹核对。',
  ],
  HOST_KEY_CHANGED: [
    '中心的主机密钥变了',
    '可能是重装，也可能有人冒充。先在中心本机核对指纹，再重新登记。',
  ],
  ALGO_MISMATCH: ['中心与服务器没有共同的算法', '更新较旧的一方。'],
  SSHD_DOWN: ['中心的 SSH 端口没有服务', '启动中心的 sshd，检查端口和防火墙。'],
  NETWORK_UNREACHABLE: ['没有到中心的路由', '检查服务器的网络、VPN 和中心地址。'],
  CONNECT_TIMEOUT: ['中心没有应答', '检查中心是否开机，防火墙是否放行这台服务器。'],
  DNS_FAILED: ['中心的主机名无法解析', '检查名称和 DNS，或改用 IP 地址。'],
  SERVER_REJECTED: ['中心在登录前断开了连接', '检查 SSH 端口，并查看中心 sshd 的日志。'],
  LINK_LOST: ['到中心的连接中断了', '网络恢复后会自动重连。若经常发生，检查中间的网络。'],
  SERVER_CLOSED: ['中心关闭了连接', '会自动重连。若反复出现，查看中心 sshd 的日志。'],
  FORWARD_DENIED: ['中心不允许这个转发', '核对中心的 permitopen 和 PermitOpen，再启动代理。'],
  PROXY_DOWN: ['中心的代理没有应答', '在中心启动代理程序，恢复后会自动察觉。'],
} as const satisfies Record<string, readonly [message: string, hint: string]>

export type KnownErrorCode = keyof typeof zhCN
