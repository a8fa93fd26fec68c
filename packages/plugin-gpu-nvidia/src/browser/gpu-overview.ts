import { adoptStyles } from '@mon/ui-kit'
import overview from './styles/overview.css'
import './overview/overview-card.js'
import './overview/overview-cell.js'

adoptStyles(overview)
