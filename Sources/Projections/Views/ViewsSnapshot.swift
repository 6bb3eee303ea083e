package import Domain
import Foundation
import GRDB
import Synchronization

/// The views of one moment, which stay as they are while the live ones go on.
///
/// While it exists, SQLite cannot give back what is written to the live file's log of changes.
package final class ViewsSnapshot: Sendable {
  /// The seq up to which they had read the log.
  package let position: Int64
  /// Each has begun to read at that seq.
  private let queues: [DatabaseQueue]

  /// How often to begin again where the live views went on between one connection and the next.
  private static let attempts = 20

  /// - Parameter connections: how many parts can be compared at once; fewer where the live views go
  ///   on too quickly for so many to begin at the same seq.
  package init(of path: String, connections: Int = 1) throws(Problem) {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = "views-snapshot"
    configuration.busyMode = .timeout(5)
    configuration.allowsUnsafeTransactions = true
    (queues, position) = try Problem.wrapping {
      let queues = try (0..<connections).map { _ in
        try DatabaseQueue(path: path, configuration: configuration)
      }
      var positions = try queues.map(Self.begin)
      for _ in 0..<Self.attempts where Set(positions).count > 1 {
        for queue in queues { try queue.inDatabase { try $0.execute(sql: "ROLLBACK") } }
        positions = try queues.map(Self.begin)
      }
      let agreeing = zip(queues, positions).filter { $0.1 == positions[0] }.map(\.0)
      return (agreeing, positions[0])
    }
  }

  /// Begins to read, and tells up to which seq the views have read the log.
  private static func begin(_ queue: DatabaseQueue) throws -> Int64 {
    try queue.inDatabase { db in
      try db.execute(sql: "BEGIN")
      return try Int64.fetchOne(db, sql: "SELECT seq FROM position") ?? 0
    }
  }

  /// Compares with views built anew from the log up to the same seq, object by object.
  ///
  /// - Returns: the first difference, in words that name the table and the key; nil where there is none.
  package func firstDifference(from built: BuiltViews) throws(Problem) -> String? {
    try firstDifference(from: [built])
  }

  /// The same for parts that together are the whole, several at a time.
  package func firstDifference(from parts: [BuiltViews]) throws(Problem) -> String? {
    // The directory stands in one file, but is compared by the ranges of customers that the parts have.
    let all = parts.flatMap { built in
      ViewsComparison.scopes(of: built.part, beside: parts.map(\.part)).map { (built, $0) }
    }
    let found = Mutex([Result<String?, Problem>](repeating: .success(nil), count: all.count))
    let next = Atomic(0)
    // Each connection takes the next as soon as it is free.
    DispatchQueue.concurrentPerform(iterations: queues.count) { connection in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < all.count else { return }
        let result = Result { () throws(Problem) in
          try firstDifference(from: all[index].0, all[index].1, on: queues[connection])
        }
        found.withLock { $0[index] = result }
      }
    }
    for result in found.withLock({ $0 }) {
      if let difference = try result.get() { return difference }
    }
    return nil
  }

  private func firstDifference(
    from built: BuiltViews, _ scope: ViewsComparison.Scope, on queue: DatabaseQueue
  ) throws(Problem) -> String? {
    let other = try ViewsSnapshot(of: built.path)
    return try Problem.wrapping {
      try queue.inDatabase { mine in
        try other.queues[0].inDatabase { theirs in
          try ViewsComparison(found: mine, expected: theirs, scope: scope).firstDifference()
        }
      }
    }
  }
}
