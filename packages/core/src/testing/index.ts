/** For the tests of plugins: real hosts on free loopback ports, in temporary directories. */
export { messageProblems } from '../plugin/messages.js'
export { startTestAgent, type TestAgent } from './test-agent.js'
export { startTestAggregator, type TestAggregator } from './test-aggregator.js'
export { unusedMessages } from './unused-messages.js'
