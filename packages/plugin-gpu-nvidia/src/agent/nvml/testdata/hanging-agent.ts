import { launchChild } from '../launch-child.js'

// An agent whose child hangs in the driver.
launchChild([])
setInterval(() => {}, 60_000)
console.log('launched')
