import Domain
import Foundation
import GRDB
import Synchronization

/// What others have for the thread that writes the views, and what they may know of it.
final class ViewsInbox: Sendable {
  struct Contents {
    var position: Int64
    /// The last seq that the log is known to have.
    var known: Int64
    var failure: Problem?
    var batches: [ViewsBatch] = []
    /// Events in `batches`.
    var waiting = 0
    /// Whether events are read from the log; then batches handed over are not kept.
    var isCatchingUp = false
    /// The state before the first batch that was let go.
    var resume: State?
    var replacement: ViewsReplacement?
    var purges: [ViewsPurge] = []
    var closing: [CheckedContinuation<Void, Never>] = []
    var isClosed = false
    var waiters: [Waiter] = []
    var nextWaiter = 0
    /// The connection that writes, until the thread takes it over.
    var queue: DatabaseQueue?
  }

  struct Waiter {
    let id: Int
    let position: Int64
    let continuation: CheckedContinuation<Int64, Never>
    let timer: Task<Void, Never>
  }

  let state: Mutex<Contents>
  private let limit: Int
  private let news = DispatchSemaphore(value: 0)
  /// Counts what should not wait until more has gathered.
  private let urgent = DispatchSemaphore(value: 0)
  /// How long batches that nobody waits for may gather, and how many events.
  private static let gathering = DispatchTimeInterval.milliseconds(250)
  private static let gatherLimit = 20_000

  init(position: Int64, limit: Int, queue: DatabaseQueue) {
    self.limit = limit
    state = Mutex(Contents(position: position, known: position, queue: queue))
  }

  func submit(_ batch: ViewsBatch) {
    guard let last = batch.events.last?.seq else { return }
    let isMuch = state.withLock { contents -> Bool in
      contents.known = max(contents.known, last)
      if contents.isCatchingUp { return true }
      if contents.waiting + batch.events.count > limit && !contents.batches.isEmpty {
        contents.resume = contents.batches[0].before.state
        contents.batches = []
        contents.waiting = 0
        contents.isCatchingUp = true
        return true
      }
      contents.batches.append(batch)
      contents.waiting += batch.events.count
      return contents.waiting > Self.gatherLimit
    }
    if isMuch { urgent.signal() }
    news.signal()
  }

  func put(_ replacement: ViewsReplacement) {
    let refused = state.withLock { contents in
      if contents.isClosed || contents.replacement != nil { return true }
      contents.replacement = replacement
      return false
    }
    if refused { replacement.done.resume(returning: .failure(.shuttingDown)) }
    urgent.signal()
    news.signal()
  }

  func put(_ purge: ViewsPurge) {
    let isClosed = state.withLock { contents in
      if !contents.isClosed { contents.purges.append(purge) }
      return contents.isClosed
    }
    if isClosed { purge.done.resume(returning: .failure(.shuttingDown)) }
    urgent.signal()
    news.signal()
  }

  func close(_ done: CheckedContinuation<Void, Never>) {
    let (isRunning, queue) = state.withLock { contents in
      let isRunning = contents.queue == nil && !contents.isClosed
      if isRunning { contents.closing.append(done) }
      return (isRunning, contents.queue.take())
    }
    if isRunning {
      urgent.signal()
      news.signal()
      return
    }
    try? queue?.close()
    end()
    done.resume()
  }

  /// Waits for news, but not longer than until `deadline`.
  func wait(until deadline: DispatchTime) {
    _ = news.wait(timeout: deadline)
    // One look takes in all news there are.
    while news.wait(timeout: .now()) == .success {}
  }

  /// Lets batches gather for a moment while nobody waits for them: neighbours change the same pages,
  /// and the disk has the log to flush.
  func gather() {
    if state.withLock({ !$0.waiters.isEmpty }) { return }
    _ = urgent.wait(timeout: .now() + Self.gathering)
    while urgent.wait(timeout: .now()) == .success {}
  }

  // MARK: Waiting for a position

  func waitUntil(_ position: Int64, timeout: Duration) async -> Int64 {
    let reached = state.withLock { $0.position }
    if reached >= position || timeout <= .zero { return reached }
    return await withCheckedContinuation { continuation in
      let reached = state.withLock { contents -> Int64? in
        if contents.position >= position || contents.isClosed { return contents.position }
        let id = contents.nextWaiter
        contents.nextWaiter += 1
        let timer = Task { [self] in
          try? await Task.sleep(for: timeout)
          if !Task.isCancelled { expire(id) }
        }
        contents.waiters.append(
          Waiter(id: id, position: position, continuation: continuation, timer: timer))
        return nil
      }
      if let reached { continuation.resume(returning: reached) } else { urgent.signal() }
    }
  }

  private func expire(_ id: Int) {
    let (waiter, reached) = state.withLock { contents -> (Waiter?, Int64) in
      let index = contents.waiters.firstIndex { $0.id == id }
      return (index.map { contents.waiters.remove(at: $0) }, contents.position)
    }
    waiter?.continuation.resume(returning: reached)
  }

  /// Tells how far the views have read, and lets go who waited for that.
  func advance(to position: Int64) {
    let satisfied = state.withLock { contents -> [Waiter] in
      contents.position = position
      contents.failure = nil
      let satisfied = contents.waiters.filter { $0.position <= position }
      if !satisfied.isEmpty { contents.waiters.removeAll { $0.position <= position } }
      return satisfied
    }
    for waiter in satisfied {
      waiter.timer.cancel()
      waiter.continuation.resume(returning: position)
    }
  }

  /// Lets everybody go; nothing is taken in any more.
  func end() {
    let contents = state.withLock { contents in
      let ending = contents
      contents.isClosed = true
      contents.batches = []
      contents.waiters = []
      contents.closing = []
      contents.replacement = nil
      contents.purges = []
      contents.isCatchingUp = true
      return ending
    }
    for waiter in contents.waiters {
      waiter.timer.cancel()
      waiter.continuation.resume(returning: contents.position)
    }
    contents.replacement?.done.resume(returning: .failure(.shuttingDown))
    for purge in contents.purges { purge.done.resume(returning: .failure(.shuttingDown)) }
    for done in contents.closing { done.resume() }
  }
}
