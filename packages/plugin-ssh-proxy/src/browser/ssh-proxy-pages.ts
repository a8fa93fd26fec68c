import { adoptStyles } from '@mon/ui-kit'
import { TunnelCard } from './card/tunnel-card.js'
import { TunnelsPage } from './fleet/tunnels-page.js'
import { TunnelForm } from './form/tunnel-form.js'
import pages from './styles/pages.css'

adoptStyles(pages)
customElements.define('ssh-proxy-card', TunnelCard)
customElements.define('ssh-proxy-form', TunnelForm)
customElements.define('ssh-proxy-page', TunnelsPage)
