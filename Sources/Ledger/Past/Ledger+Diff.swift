package import Domain

extension Ledger {
  /// The tags that changed between two moments, of those behind `tag`.
  package func tagDifferences(
    from: State, to: State, after tag: TagID?, limit: Int, by caller: Caller
  ) async throws(Problem) -> [TagDifference] {
    _ = try self.state(for: caller, .changesRead)
    return try await past.apart { () throws(Problem) in
      Array(
        to.tagDifferences(since: from).drop { $0.after.id.rawValue <= tag?.rawValue ?? 0 }
          .prefix(limit))
    }
  }

  /// The customers who changed between two moments, of those behind `customer`.
  package func customerDifferences(
    from: State, to: State, after customer: CustomerID?, limit: Int, by caller: Caller
  ) async throws(Problem) -> [CustomerDifference] {
    _ = try self.state(for: caller, .changesRead)
    return try await past.apart { () throws(Problem) in
      to.customerDifferences(
        since: from, to.tagDifferences(since: from), after: customer, limit: limit)
    }
  }
}
