package import Domain
import Foundation
import GRDB
import Synchronization

/// Keeps the views up to date, on a thread of its own: what waits is written in one transaction.
///
/// What waits is bounded. When too much does, it is let go and read from the log again, as at the
/// start and after new views have been swapped in.
package final class ViewsWriter: Sendable {
  /// Reads the next events of the log, at most `limit`, behind the position of the state given.
  package typealias CatchUp =
    @Sendable (_ after: State, _ limit: Int) throws(Problem) -> ViewsBatch

  package let reader: ViewsReader
  let path: String
  let origin: String
  let catchUp: CatchUp
  let inbox: ViewsInbox

  /// Opens the views for writing and reading, without going on yet; see `start`.
  ///
  /// Views of another ledger, of another schema, ahead of the log or damaged are dropped.
  ///
  /// - Parameters:
  ///   - logSize: the seq of the last event of the log.
  ///   - queueLimit: how many events may wait before they are let go.
  package convenience init(
    opening path: String, origin: String, logSize: Int64, queueLimit: Int = 300_000,
    catchUp: @escaping CatchUp
  ) throws(Problem) {
    let queue = try ViewsFile.open(path, origin: origin, logSize: logSize)
    let position = try Problem.wrapping {
      try queue.read { db in try ViewsReader.position(db) }
    }
    let inbox = ViewsInbox(position: position, limit: queueLimit, queue: queue)
    try self.init(path, origin, catchUp, inbox)
  }

  private init(
    _ path: String, _ origin: String, _ catchUp: @escaping CatchUp, _ inbox: ViewsInbox
  ) throws(Problem) {
    self.path = path
    self.origin = origin
    self.catchUp = catchUp
    self.inbox = inbox
    reader = try ViewsReader(path)
  }

  /// The seq up to which the views have read the log.
  package var position: Int64 {
    inbox.state.withLock { $0.position }
  }

  /// What keeps the views from going on at present; they try again by themselves.
  package var failure: Problem? {
    inbox.state.withLock { $0.failure }
  }

  /// Goes on from where the views are; to be called once, before any batch is handed over.
  ///
  /// - Parameters:
  ///   - state: the state at `position`.
  ///   - logSize: how far to catch up before batches handed over follow.
  package func start(from state: State, logSize: Int64) {
    let (queue, isBehind) = inbox.state.withLock { inbox in
      inbox.known = max(inbox.known, logSize)
      inbox.isCatchingUp = inbox.position < inbox.known
      inbox.batches = []
      inbox.waiting = 0
      return (inbox.queue.take(), inbox.isCatchingUp)
    }
    guard let queue else { return }
    Thread.detachNewThread { [self] in
      ViewsLoop(self, queue, from: isBehind ? state : nil).run()
    }
  }

  /// Hands over the next batch of the log; never waits.
  package func submit(_ batch: ViewsBatch) {
    inbox.submit(batch)
  }

  /// Waits until the views have read up to `position`, at most for `timeout`.
  ///
  /// - Returns: how far they have read.
  @discardableResult
  package func waitUntil(_ position: Int64, timeout: Duration) async -> Int64 {
    await inbox.waitUntil(position, timeout: timeout)
  }

  /// Swaps in views built anew, which then catch up; reads go on meanwhile, in the old ones at first.
  ///
  /// - Parameter state: the state at `built.position`.
  package func replace(with built: BuiltViews, state: State) async throws(Problem) {
    let result = await withCheckedContinuation { done in
      inbox.put(ViewsReplacement(built: built, state: state, done: done))
    }
    try result.get()
  }

  /// Makes sure that nothing of some texts is left over in the file and beside it.
  ///
  /// The rows that held them have been written over when the views read of the erasure; but SQLite
  /// leaves copies of rows behind where it has moved them from one page to another. If any of the
  /// texts still stands in the file, it is rewritten from the rows there are.
  ///
  /// - Parameter texts: bytes as they would stand in the file.
  package func purge(of texts: [[UInt8]]) async throws(Problem) -> ViewsPurge.Outcome {
    let result = await withCheckedContinuation { done in
      inbox.put(ViewsPurge(texts: texts, done: done))
    }
    return try result.get()
  }

  /// Writes what waits, if that can be done at once, and closes the file.
  package func close() async {
    await withCheckedContinuation { done in inbox.close(done) }
  }
}

/// Views to be swapped in, and who waits for that.
struct ViewsReplacement: Sendable {
  let built: BuiltViews
  let state: State
  let done: CheckedContinuation<Result<Void, Problem>, Never>
}
