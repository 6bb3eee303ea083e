internal import Dispatch
package import Domain

/// Does two things at once, neither of which needs the other, and returns when both are done.
///
/// - Parameters:
///   - other: done on another thread.
///   - body: done on this one.
package func atOnce<Result: Sendable>(
  _ other: () -> Void, _ body: () throws(Problem) -> Result
) throws(Problem) -> Result {
  let result: Swift.Result<Result, Problem> = withoutActuallyEscaping(other) { other in
    // It ends before this does, and nobody else touches what it changes.
    nonisolated(unsafe) let other = other
    let group = DispatchGroup()
    // A queue of its own, so that it waits for nothing else.
    DispatchQueue(label: "tagledger.beside", qos: .userInitiated).async(group: group) { other() }
    defer { group.wait() }
    do throws(Problem) {
      return .success(try body())
    } catch {
      return .failure(error)
    }
  }
  return try result.get()
}
