import Dispatch
package import Domain
import EventLog

/// A filter and what it is held against: the ledger as it is, or as it was at a moment.
package struct Finding: Sendable {
  package let filter: Filter
  package let ground: FilterGround
  let log: Log

  package var state: State { ground.state }
}

extension Ledger {
  /// Reads a filter, for somebody who may read customers.
  ///
  /// - Parameter past: a state of the past and its moment, to be asked instead of the present.
  package func finding(
    _ text: String, by caller: Caller, asOf past: (state: State, at: Timestamp)? = nil
  ) throws(Problem) -> Finding {
    let live = try state(for: caller, .customersRead)
    let state = past?.state ?? live
    let filter = try Filter(text, in: state)
    let ground = FilterGround(
      state, at: past?.at ?? moment, for: filter, spread: onAllCores)
    return Finding(filter: filter, ground: ground, log: log)
  }
}

extension Finding {
  private static let queue = DispatchQueue(
    label: "tagledger.filters", qos: .userInitiated, attributes: .concurrent)

  /// Apart from the threads that serve requests, which a pass over all customers would hold up.
  private func apart<Value: Sendable>(
    _ work: @escaping @Sendable () throws(Problem) -> Value
  ) async throws(Problem) -> Value {
    let result: Result<Value, Problem> = await withCheckedContinuation { done in
      Self.queue.async {
        do throws(Problem) {
          done.resume(returning: .success(try work()))
        } catch {
          done.resume(returning: .failure(error))
        }
      }
    }
    return try result.get()
  }

  /// All who match.
  package func customers() async throws(Problem) -> CustomerSet {
    try await apart { () throws(Problem) in try found() }
  }

  package func count() async throws(Problem) -> Int {
    try await apart { () throws(Problem) in
      filter.asksPersonal ? try found().count : filter.count(on: ground)
    }
  }

  /// How many match, and how many pass each part by itself.
  package func parts() async throws(Problem) -> (count: Int, parts: [FilterPartCount]) {
    try await apart { () throws(Problem) in
      let parts = filter.parts(on: ground)
      if let count = parts[0].count { return (count, parts) }
      return (try found().count, parts)
    }
  }

  /// The next customers, in an order, or in that of their numbers, behind one of them.
  package func page(
    _ order: FilterOrder?, after last: CustomerID?, limit: Int
  ) async throws(Problem) -> [CustomerID] {
    try await apart { () throws(Problem) in
      let found = try found()
      guard let order else { return found.after(last, limit: limit) }
      return order.page(of: found, after: last, limit: limit, on: ground)
    }
  }

  /// Sealed fields are opened for those only whom the rest of the filter leaves.
  private func found() throws(Problem) -> CustomerSet {
    let candidates = filter.customers(on: ground)
    guard filter.asksPersonal else { return candidates }
    var found = CustomerSet()
    var last: CustomerID?
    while true {
      let batch = candidates.after(last, limit: Self.batch)
      guard let end = batch.last else { return found }
      last = end
      let people = try Person.open(batch, log, through: ground.state.position)
      for person in people {
        let match = FilterMatch(ground, person.id) { person.fields[$0] }
        if match.holds(filter) { found.insert(person.id) }
      }
    }
  }

  /// Customers whose sealed fields are open at a time.
  private static let batch = 2048
}
