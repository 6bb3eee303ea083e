package import Domain
import EventLog
import Projections
import Proof

/// Reads of customers as they were; authorised by what the caller may read now.
extension Ledger {
  /// The names that customers had then; who had none, or was not known yet, is left out.
  package func names(
    of customers: [CustomerID], through seq: Int64, by caller: Caller
  ) throws(Problem) -> [CustomerID: String] {
    _ = try self.state(for: caller, .customersRead)
    return try names(of: customers, through: seq)
  }

  private func names(
    of customers: [CustomerID], through seq: Int64
  ) throws(Problem) -> [CustomerID: String] {
    var names: [CustomerID: String] = [:]
    for (customer, fields) in zip(
      customers, try log.personal(of: customers, through: seq, only: .name))
    {
      if let name = fields[.name], !name.isEmpty { names[customer] = name }
    }
    return names
  }

  /// Customers there were then, in the order of their numbers, those merged into others left out.
  ///
  /// - Parameter name: each word of it stood somewhere in their names, or in that of somebody who had been
  ///   merged into them; names have to be opened to be looked at; nil for all.
  package func customers(
    named name: String?, after customer: CustomerID?, limit: Int, in state: State,
    by caller: Caller
  ) async throws(Problem) -> CustomerListing {
    _ = try self.state(for: caller, .customersRead)
    let words = NameKey.fold(name ?? "").split(separator: " ")
    return try await past.apart { () throws(Problem) in
      let isNamed = { (customers: [CustomerID]) throws(Problem) in
        Set(
          try self.names(of: customers, through: state.position).filter { _, name in
            let key = NameKey.fold(name)
            return words.allSatisfy { key.contains($0) }
          }.keys)
      }
      var former: Set<CustomerID> = []
      if !words.isEmpty {
        for customer in try isNamed(state.mergedAway) { former.insert(try state.current(customer)) }
      }
      var found: [CustomerID] = []
      var last = customer?.rawValue ?? 0
      while found.count <= limit, last < state.lastCustomer {
        let batch = (last + 1...min(state.lastCustomer, last + 512)).map { CustomerID($0) }
          .filter { state.merged($0) == nil }
        last = min(state.lastCustomer, last + 512)
        guard !words.isEmpty else {
          found += batch
          continue
        }
        let named = try isNamed(batch)
        found += batch.filter { named.contains($0) || former.contains($0) }
      }
      return CustomerListing(
        customers: Array(found.prefix(limit)), hasMore: found.count > limit,
        position: state.position)
    }
  }

  /// The customer who had a phone or a reference then; the state has to know the keys.
  package func customer(
    phone text: String, in state: State, region: String = "BR"
  ) throws(Problem) -> CustomerID? {
    let phone = try PhoneNumber(text, defaultRegion: region)
    return state.customer(phone: log.lookupKey(.phone, phone.e164))
  }

  package func customer(ref: String, in state: State) -> CustomerID? {
    state.customer(ref: log.lookupKey(.ref, ref))
  }

  /// The Merkle root over the first events, in hex.
  package func root(atSize size: Int64) throws(Problem) -> String {
    try log.head(atSize: size).root.hex
  }
}
