internal import Crypto
internal import Dispatch
internal import Domain
internal import Foundation
internal import GRDB
internal import Synchronization

/// keys.db: one data key per customer, wrapped, and the key of the lookup hash.
///
/// A key is durable here before anything sealed with it is appended to the log. Keys are made some
/// customers ahead, so that registering a customer seldom waits for a second flush.
final class KeyStore: Sendable {
  private let origin: String
  let file: KeyFile
  private let lookup: SymmetricKey
  let state: Mutex<State>
  /// Whether keys have been made anew for customers whose fields are sealed with older ones.
  let hasLostKeys: Bool

  struct State: ~Copyable {
    /// Nil once the store is closed.
    var queue: DatabaseQueue?
    /// Keys opened lately; bounded, and emptied when full.
    var opened: [CustomerID: SymmetricKey] = [:]
    /// Every customer up to this one has had a key made.
    var made: Int32
    /// Customers who are being erased, or have been: nobody is given their keys any more.
    var hidden: Set<CustomerID> = []
  }

  /// How many customers ahead keys are made, and how many opened keys are kept.
  private static let ahead: Int32 = 256
  private static let openedLimit = 4096

  /// - Parameter sealed: The highest customer of whom the log keeps personal fields.
  init(path: String, keyFile: String, origin: String, sealed: Int32) throws(Problem) {
    let queue = try Connection.writing(path)
    let isNew = try queue.transaction { db in
      let isNew = try Schema.keys.prepare(db, name: "keys.db")
      if isNew {
        try db.execute(sql: "INSERT INTO ledger VALUES ('origin', ?)", arguments: [origin])
      }
      let owner = try String.fetchOne(db, sql: "SELECT value FROM ledger WHERE key = 'origin'")
      guard owner == origin else {
        throw Problem.storageFailed("keys.db belongs to \(owner ?? "nothing"), not to \(origin)")
      }
      return isNew
    }
    let file = try KeyFile(path: keyFile, mayCreate: isNew)
    self.file = file
    self.origin = origin
    lookup = try Self.lookupKey(queue, file: file, origin: origin, mayCreate: isNew)
    let made = try queue.perform { db in
      let value = try DatabaseValue.fetchOne(db, sql: "SELECT max(customer) FROM data_key") ?? .null
      return value.isNull ? 0 : try Int32.decoded(value, "data_key.customer")
    }
    // A flipped bit in the WAL would take the whole new file back, and look like no file at all.
    if isNew { try queue.perform { _ = try $0.checkpoint(.truncate) } }
    hasLostKeys = isNew && sealed > 0
    state = Mutex(State(queue: queue, made: made))
    guard made < sealed else { return }
    // A new file is what remains after a loss: personal fields are gone, everything else goes on.
    guard isNew else {
      throw .storageFailed(
        "keys.db ends at customer \(made), the log at \(sealed): restore keys.db from its backup, "
          + "or take it away and go on without the personal fields of all customers")
    }
    try state.withLock { (state) throws(Problem) in try make(through: sealed, &state) }
  }

  private static func lookupKey(
    _ queue: DatabaseQueue, file: KeyFile, origin: String, mayCreate: Bool
  ) throws(Problem) -> SymmetricKey {
    let binding = Array("\(origin)\nlookup".utf8)
    return try queue.transaction { db in
      if let row = try GRDB.Row.fetchOne(db, sql: "SELECT epoch, wrapped FROM lookup_key") {
        let wrapped = try row.value("wrapped", as: Data.self, in: "lookup_key")
        let key = try file.key(row.value("epoch", as: Int64.self, in: "lookup_key"))
        guard let bytes = Seal.open(Array(wrapped), binding, key: key) else {
          throw Problem.storageFailed("the key file does not open keys.db")
        }
        return SymmetricKey(data: bytes)
      }
      guard mayCreate else { throw Problem.storageFailed("keys.db has lost its look-up key") }
      let made = SymmetricKey(size: .bits256)
      let wrapped = Seal.seal(
        made.withUnsafeBytes { Array($0) }, binding, key: try file.key(file.epoch))
      try db.execute(
        sql: "INSERT INTO lookup_key (id, epoch, wrapped) VALUES (1, ?, ?)",
        arguments: [file.epoch, Data(wrapped)])
      return made
    }
  }

  /// The key under which answers are kept: another than that of the look-ups, and made from it.
  var answerKey: SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: lookup, info: Data("\(origin)\nanswers".utf8), outputByteCount: 32)
  }

  /// 64 bits of HMAC-SHA-256 under the lookup key.
  func lookupKey(_ kind: PersonalField, _ value: String) -> LookupKey {
    let code = HMAC<SHA256>.authenticationCode(
      for: Array("\(kind.rawValue)\n\(value)".utf8), using: lookup)
    return LookupKey(
      rawValue: code.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) })
  }

  /// HMAC-SHA-256 under the lookup key: 32 bytes that tell nothing without keys.db.
  func keyedHash(_ label: String, _ bytes: [UInt8]) -> [UInt8] {
    let code = HMAC<SHA256>.authenticationCode(for: Array("\(label)\n".utf8) + bytes, using: lookup)
    return code.withUnsafeBytes { Array($0) }
  }

  /// The keys of these customers; makes and stores those that no customer has had yet.
  ///
  /// A customer whose key has been destroyed is left out.
  func keys(
    of customers: some Sequence<CustomerID>, making: Bool
  ) throws(Problem) -> [CustomerID: SymmetricKey] {
    try state.withLock { (state) throws(Problem) in
      var keys: [CustomerID: SymmetricKey] = [:]
      var highest: Int32 = 0
      for customer in customers {
        highest = max(highest, customer.rawValue)
        if let key = state.opened[customer], !state.hidden.contains(customer) {
          keys[customer] = key
        }
      }
      if making, highest > state.made { try make(through: highest, &state) }
      for customer in customers where keys[customer] == nil && !state.hidden.contains(customer) {
        keys[customer] = try key(of: customer, &state)
      }
      return keys
    }
  }

  func make(through customer: Int32, _ state: inout State) throws(Problem) {
    let range = state.made + 1...customer + Self.ahead
    let made = wrapped(Array(range), under: try file.key(file.epoch))
    guard let queue = state.queue else { throw .shuttingDown }
    try queue.transaction { db in
      guard let handle = db.sqliteConnection else { throw Problem.shuttingDown }
      let insert = try Statement(
        "INSERT INTO data_key (customer, epoch, wrapped) VALUES (?1, ?2, ?3)", on: handle)
      insert.bind(file.epoch, at: 2)
      for (customer, _, wrapped) in made {
        insert.bind(Int64(customer), at: 1)
        insert.bind(wrapped, at: 3)
        try insert.run()
      }
    }
    state.made = range.upperBound
    for (customer, key, _) in made.suffix(Self.openedLimit / 2) {
      remember(key, of: CustomerID(customer), &state)
    }
  }

  /// New keys, and the same wrapped; many are made by all cores.
  private func wrapped(
    _ customers: [Int32], under wrapping: SymmetricKey
  ) -> [(customer: Int32, key: SymmetricKey, wrapped: [UInt8])] {
    let parts = max(1, customers.count / 256)
    let made = Mutex(
      [[(customer: Int32, key: SymmetricKey, wrapped: [UInt8])]](
        repeating: [], count: parts))
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let range = customers.count * part / parts..<customers.count * (part + 1) / parts
      let keys = customers[range].map { customer in
        let key = SymmetricKey(size: .bits256)
        let plain = key.withUnsafeBytes { Array($0) }
        return (customer, key, Seal.seal(plain, binding(customer), key: wrapping))
      }
      made.withLock { $0[part] = keys }
    }
    return made.withLock { $0.flatMap(\.self) }
  }

  private func key(of customer: CustomerID, _ state: inout State) throws(Problem) -> SymmetricKey? {
    if let key = state.opened[customer] { return key }
    guard let queue = state.queue else { throw .shuttingDown }
    let key: SymmetricKey? = try queue.perform { db -> SymmetricKey? in
      let select = try db.cachedStatement(
        sql: "SELECT epoch, wrapped FROM data_key WHERE customer = ?")
      guard let row = try GRDB.Row.fetchOne(select, arguments: [customer.rawValue]) else {
        return nil
      }
      let wrapped = try row.value("wrapped", as: Data.self, in: "data_key")
      guard !Self.isDestroyed(wrapped) else { return nil }
      let wrapping = try file.key(row.value("epoch", as: Int64.self, in: "data_key"))
      guard let plain = Seal.open(Array(wrapped), binding(customer.rawValue), key: wrapping) else {
        throw Problem.storageFailed("the key of customer \(customer.rawValue) is damaged")
      }
      return SymmetricKey(data: plain)
    }
    if let key { remember(key, of: customer, &state) }
    return key
  }

  /// The keys of many customers, who are read about once: they are unwrapped away from the lock, so
  /// that several cores may do so, and not kept.
  ///
  /// - Parameter hiddenToo: Also those of customers who are being erased.
  func keys(
    ofMany customers: [CustomerID], hiddenToo: Bool = false
  ) throws(Problem) -> [CustomerID: SymmetricKey] {
    var wrapped: [(customer: CustomerID, epoch: Int64, bytes: [UInt8])] = []
    wrapped.reserveCapacity(customers.count)
    try state.withLock { (state) throws(Problem) in
      guard let queue = state.queue else { throw .shuttingDown }
      try queue.perform { db in
        guard let handle = db.sqliteConnection else { throw Problem.shuttingDown }
        let select = try Statement(
          "SELECT epoch, wrapped FROM data_key WHERE customer = ?1", on: handle)
        for customer in customers where hiddenToo || !state.hidden.contains(customer) {
          defer { select.reset() }
          select.bind(Int64(customer.rawValue), at: 1)
          guard try select.step() else { continue }
          wrapped.append((customer, select.int(0), select.bytes(1).map { Array($0) } ?? []))
        }
      }
    }
    var keys: [CustomerID: SymmetricKey] = [:]
    keys.reserveCapacity(wrapped.count)
    for (customer, epoch, bytes) in wrapped
    where keys[customer] == nil && !Self.isDestroyed(bytes) {
      let wrapping = try file.key(epoch)
      guard let plain = Seal.open(bytes, binding(customer.rawValue), key: wrapping) else {
        throw .storageFailed("the key of customer \(customer.rawValue) is damaged")
      }
      keys[customer] = SymmetricKey(data: plain)
    }
    return keys
  }

  private func remember(_ key: SymmetricKey, of customer: CustomerID, _ state: inout State) {
    if state.opened.count >= Self.openedLimit { state.opened.removeAll(keepingCapacity: true) }
    state.opened[customer] = key
  }

  func binding(_ customer: Int32) -> [UInt8] {
    Self.binding(customer, origin: origin)
  }

  static func binding(_ customer: Int32, origin: String) -> [UInt8] {
    Array("\(origin)\nkey\n\(customer)".utf8)
  }

  /// A destroyed key is overwritten where it stood: SQLite writes a value of the same size in place.
  static func isDestroyed(_ wrapped: some Sequence<UInt8>) -> Bool {
    wrapped.allSatisfy { $0 == 0 }
  }

  /// Brings the WAL home, where a flipped bit costs one page and not all that follows.
  func checkpoint() {
    state.withLock { state in
      _ = try? state.queue?.perform { try $0.checkpoint(.truncate) }
    }
  }

  func close() {
    state.withLock { state in
      try? state.queue?.close()
      state.queue = nil
    }
  }
}
