internal import Domain
internal import Foundation
internal import GRDB
internal import Synchronization

extension KeyStore {
  /// From now on nobody is given the keys of these customers.
  func hide(_ customers: some Sequence<CustomerID>) {
    state.withLock { state in
      for customer in customers {
        state.hidden.insert(customer)
        state.opened[customer] = nil
      }
    }
  }

  /// Whether a customer's key is kept from everybody, or destroyed: who is told so has been erased.
  func isGone(_ customer: CustomerID) throws(Problem) -> Bool {
    if isHidden(customer) { return true }
    return try wrapped(customer).map { Self.isDestroyed($0.bytes) } ?? false
  }

  /// Whether a customer has been erased since this process began, or was then unfinished.
  func isHidden(_ customer: CustomerID) -> Bool {
    state.withLock { $0.hidden.contains(customer) }
  }

  /// Whether nothing is left of a customer's key.
  func isDestroyed(_ customer: CustomerID) throws(Problem) -> Bool {
    try wrapped(customer).map { Self.isDestroyed($0.bytes) } ?? true
  }

  /// Overwrites the keys of these customers with zeros, durably, and empties the WAL.
  ///
  /// - Returns: Whether the WAL could be emptied; until it is, older pages stand in it.
  func destroy(_ customers: [CustomerID]) throws(Problem) -> Bool {
    hide(customers)
    return try state.withLock { (state) throws(Problem) in
      // Keys are made up to the highest number there is: without this, one after the last customer
      // would be made for who has been erased.
      if let last = customers.map(\.rawValue).max(), last >= state.made {
        try make(through: last, &state)
        for customer in customers { state.opened[customer] = nil }
      }
      guard let queue = state.queue else { throw .shuttingDown }
      try queue.transaction { db in
        let update = try db.cachedStatement(
          sql: "UPDATE data_key SET wrapped = zeroblob(length(wrapped)) WHERE customer = ?")
        for customer in customers { try update.execute(arguments: [customer.rawValue]) }
      }
      return (try? queue.perform { _ = try $0.checkpoint(.truncate) }) != nil
    }
  }

  /// Tries to open a box with whatever stands in keys.db for its customer, under every
  /// key-encryption key there is; true where that succeeds.
  func opens(_ box: SealedBox, _ binding: Seal.Binding) throws(Problem) -> Bool {
    guard let bytes = box.bytes, let (_, wrapped) = try wrapped(box.customer) else { return false }
    for wrapping in file.all {
      guard let plain = Seal.open(wrapped, self.binding(box.customer.rawValue), key: wrapping)
      else { continue }
      if Seal.open(bytes, binding, key: Seal.key(plain)) != nil { return true }
    }
    return false
  }

  private func wrapped(
    _ customer: CustomerID
  ) throws(Problem) -> (epoch: Int64, bytes: [UInt8])? {
    try state.withLock { (state) throws(Problem) in
      guard let queue = state.queue else { throw .shuttingDown }
      return try queue.perform { db in
        guard
          let row = try GRDB.Row.fetchOne(
            db, sql: "SELECT epoch, wrapped FROM data_key WHERE customer = ?",
            arguments: [customer.rawValue])
        else { return nil }
        return (
          try row.value("epoch", as: Int64.self, in: "data_key"),
          Array(try row.value("wrapped", as: Data.self, in: "data_key"))
        )
      }
    }
  }
}
