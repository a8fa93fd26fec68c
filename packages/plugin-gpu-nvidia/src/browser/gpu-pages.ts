import { adoptStyles } from '@mon/ui-kit'
import pages from './styles/pages.css'
import './detail/gpu-detail.js'
import './fleet/gpu-page.js'

adoptStyles(pages)
