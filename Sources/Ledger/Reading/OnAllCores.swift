import Dispatch
import Domain

/// Does the shares of some work at once, as far as there are cores for them.
let onAllCores: Spread = { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) }
