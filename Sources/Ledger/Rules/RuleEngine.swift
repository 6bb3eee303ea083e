import Dispatch
import Domain
import EventLog
import Logging
import Synchronization

/// Lets the rules do what follows from what happens and from the passing of time, on a thread of its own.
///
/// It is told of each recorded group, looks ahead on a copy of the state, and orders what is to be done;
/// the writer decides it again in its own state. So nothing is ever half done: what a daemon that is
/// killed had not ordered yet, the next finds out anew.
package final class RuleEngine: Sendable {
  /// Customers looked at between two orders, so that nobody waits behind a great file for long.
  private static let turnLimit = 2000
  /// Customers whose next moment is found between two looks at what has happened.
  private static let sweepLimit: Int32 = 20_000
  /// The longest rest: within it a step of the clock is noticed.
  private static let rest = 0.25
  /// Events at the end of the log that are looked at again at the start, for what they may have caused.
  private static let tail: Int64 = 20_000

  fileprivate struct Inbox {
    /// In the order in which they were touched first; those before `taken` have been dealt with.
    var queue: [CustomerID] = []
    var taken = 0
    var touches: [CustomerID: Touch] = [:]
    /// Up to where it has been told.
    var position: Int64 = 0
    var isStopping = false
    var isStarted = false
    var isIdle = true
    /// What nobody has to do anything about.
    var settledPosition: Int64 = 0
  }

  private struct Sources {
    let writer: Writer
    let logger: Logger
    let state: @Sendable () -> State
  }

  private let log: Log
  private let cores: Int
  private let now: @Sendable () -> Timestamp
  private let inbox = Mutex(Inbox())
  private let sources = Mutex<Sources?>(nil)
  private let bell = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let thread = DispatchQueue(label: "tagledger.rules", qos: .userInitiated)

  init(log: Log, cores: Int, now: @escaping @Sendable () -> Timestamp) {
    self.log = log
    self.cores = cores
    self.now = now
  }

  func attach(_ writer: Writer, logger: Logger, state: @escaping @Sendable () -> State) {
    sources.withLock { $0 = Sources(writer: writer, logger: logger, state: state) }
  }

  // MARK: From outside

  /// Takes in what has just been recorded.
  func note(_ events: [RecordedEvent], _ snapshot: Snapshot) {
    let isIdle = snapshot.state.rules.isIdle
    inbox.withLock { inbox in
      inbox.position = snapshot.state.position
      guard inbox.isStarted, !isIdle else { return }
      for event in events { inbox.add(event) }
    }
    // Without a rule nothing follows, and a thread woken for nothing takes a core from the next group.
    if !isIdle { bell.signal() }
  }

  func start() {
    let isFirst = inbox.withLock { inbox in
      defer { inbox.isStarted = true }
      return !inbox.isStarted
    }
    guard isFirst, let sources = sources.withLock({ $0 }) else { return }
    thread.async { self.run(sources) }
  }

  func stop() async {
    let isRunning = inbox.withLock { inbox in
      inbox.isStopping = true
      return inbox.isStarted
    }
    bell.signal()
    guard isRunning else { return }
    await withCheckedContinuation { done in
      thread.async { done.resume() }
    }
  }

  /// Up to where everything that follows has been done, as of the moment it was looked at.
  package var settledPosition: Int64 { inbox.withLock { $0.settledPosition } }

  /// Customers whom something has happened to and who have not been held against the rules since.
  package var backlog: Int { inbox.withLock { $0.queue.count - $0.taken } }

  // MARK: The thread

  private func run(_ sources: Sources) {
    var turn = Turn(base: log.lastAt, touches: tail())
    while true {
      let position = inbox.withLock { $0.position }
      let isStopping = inbox.withLock { $0.isStopping }
      if isStopping { return }
      let batch = inbox.withLock { $0.take(Self.turnLimit) }
      let moment = max(now(), log.lastAt, turn.last)
      turn.last = moment
      let state = sources.state()
      let plan = turn.plan(state, batch, at: moment, cores: cores, sweep: Self.sweepLimit)
      if !carryOut(plan, sources) { return }
      if plan.isEmpty, batch.isEmpty, turn.isAtRest {
        inbox.withLock { inbox in
          if inbox.queue.count == inbox.taken {
            inbox.settledPosition = max(inbox.settledPosition, position, state.position)
          }
        }
        let pause = min(Self.rest, turn.pause(from: moment))
        if pause > 0 { _ = bell.wait(timeout: .now() + pause) }
        while bell.wait(timeout: .now()) == .success {}
      }
    }
  }

  /// The last events before the daemon started: what they caused may not have been done any more.
  private func tail() -> [CustomerID: Touch] {
    var touches: [CustomerID: Touch] = [:]
    let first = max(1, log.size - Self.tail + 1)
    guard first <= log.size, let events = try? log.events(after: first - 1, limit: Int(Self.tail))
    else { return [:] }
    for event in events where event.concernsRules {
      guard let customer = event.customer else { continue }
      touches[customer] = Touch(seq: event.seq, occurred: event.occurred)
    }
    return touches
  }

  /// Orders it, and waits until all of it is on the disk; false when the service ends.
  private func carryOut(_ plan: [PlannedStep], _ sources: Sources) -> Bool {
    var orders = plan.orders()
    while !orders.isEmpty {
      let results = submit(orders, sources.writer)
      var failed: [Order] = []
      for (order, result) in zip(orders, results) {
        guard case .failure(let problem) = result else { continue }
        if case .shuttingDown = problem { return false }
        sources.logger.error(
          "what a rule does cannot be recorded", metadata: ["reason": "\(problem.code)"])
        failed.append(order)
      }
      orders = failed
      if !orders.isEmpty, inbox.withLock({ $0.isStopping }) { return false }
      if !orders.isEmpty { _ = bell.wait(timeout: .now() + 1) }
    }
    return true
  }

  private func submit(_ orders: [Order], _ writer: Writer) -> [Result<Receipt, Problem>] {
    let results = Mutex<[Result<Receipt, Problem>]>([])
    let done = DispatchSemaphore(value: 0)
    // They are answered in their order, each once.
    writer.submit(orders) { result in
      let count = results.withLock { results in
        results.append(result)
        return results.count
      }
      if count == orders.count { done.signal() }
    }
    done.wait()
    return results.withLock { $0 }
  }
}

extension RuleEngine.Inbox {
  fileprivate mutating func add(_ event: RecordedEvent) {
    guard event.concernsRules else { return }
    if let customer = event.customer { touch(customer, event) }
    guard event.type == .customerMerged || event.type == .customerUnmerged,
      let other = try? event.parsedData().otherEnd
    else { return }
    touch(CustomerID(other), event)
  }

  private mutating func touch(_ customer: CustomerID, _ event: RecordedEvent) {
    let known = touches[customer]
    if known == nil { queue.append(customer) }
    let occurred = event.occurred ?? event.at
    touches[customer] = Touch(
      seq: event.seq, occurred: known?.occurred.map { min($0, occurred) } ?? occurred)
  }

  fileprivate mutating func take(_ limit: Int) -> [(CustomerID, Touch)] {
    let end = min(queue.count, taken + limit)
    let batch = queue[taken..<end].map { ($0, touches.removeValue(forKey: $0)!) }
    taken = end
    if taken == queue.count {
      queue = []
      taken = 0
    }
    return batch
  }
}

extension RecordedEvent {
  /// Whether it may change what a rule says of its customer; what rules do they have settled already.
  fileprivate var concernsRules: Bool {
    actor.via != .rule && type != .tagDetailed && type != .historyReopened
  }
}
