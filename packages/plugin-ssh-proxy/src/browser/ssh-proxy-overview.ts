import { adoptStyles } from '@mon/ui-kit'
import { TunnelCell } from './overview/tunnel-cell.js'
import { TunnelMark } from './overview/tunnel-mark.js'
import overview from './styles/overview.css'

adoptStyles(overview)
customElements.define('ssh-proxy-mark', TunnelMark)
customElements.define('ssh-proxy-cell', TunnelCell)
