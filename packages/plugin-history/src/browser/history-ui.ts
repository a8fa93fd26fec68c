import { adoptStyles } from '@mon/ui-kit'
import styles from './styles/history.css'
import './history-page.js'

adoptStyles(styles)
