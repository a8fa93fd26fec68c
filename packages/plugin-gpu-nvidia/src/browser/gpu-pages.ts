import { adoptStyles } from './adopt-styles.js'
import pages from './styles/pages.css'
import './detail/gpu-detail.js'
import './fleet/gpu-page.js'

adoptStyles(pages)
