import HashTreeCollections

/// A fact that has been checked and held against the state, without regard to others of its command.
struct ReadFact: Sendable {
  /// What it leads to if it is news; whose it is may still be missing.
  var event: Event
  let weight: FactWeight
  /// What the state knows of it.
  var known: FactWeight?
  let key: FactKey
  let other: FactKey?
  /// By what its customer is looked for, where that is not an id, and whom the state finds.
  var lookup: CustomerDraft?
  var byRef: CustomerID?
  var byPhone: CustomerID?
}

/// Does for each fact by itself what can be done so; of many, on all cores.
struct FactReader: Sendable {
  private let state: State
  private let file: String?
  private let at: Timestamp
  private let currency: String

  /// Facts that one core reads at a time: with fewer, handing out takes longer than it saves.
  private static let share = 512

  init(state: State, file: String?, at: Timestamp) {
    self.state = state
    self.file = file
    self.at = at
    currency = state.facts.currency
  }

  func read(_ drafts: [FactDraft], _ spread: Spread) -> [Result<ReadFact, Problem>] {
    guard drafts.count > Self.share else { return drafts.map(read) }
    return Array(unsafeUninitializedCapacity: drafts.count) { buffer, count in
      // Each share fills a part of its own.
      nonisolated(unsafe) let start = buffer.baseAddress!
      spread((drafts.count + Self.share - 1) / Self.share) { share in
        let first = share * Self.share
        for index in first..<min(first + Self.share, drafts.count) {
          (start + index).initialize(to: read(drafts[index]))
        }
      }
      count = drafts.count
    }
  }

  private func read(_ draft: FactDraft) -> Result<ReadFact, Problem> {
    do throws(Problem) {
      let (fact, original) = try checked(draft)
      let time = draft.occurred ?? at
      guard time.rawValue <= at.rawValue + State.clockTolerance else { throw .factAhead(time) }
      var read = ReadFact(
        event: Event(
          ToldFact(fact, original: original, file: file), of: nil, occurred: draft.occurred),
        weight: FactWeight(at: time, amount: fact.amount ?? 0), key: FactKey(Self.key(of: fact)),
        other: Self.other(of: fact).map { FactKey($0) })
      if case .spendRecorded(let id, let channel, _) = fact {
        let key = Facts.SpendKey(channel: NameKey(channel), key: FactKey(id))
        read.known = state.facts.spends[key].map { FactWeight(at: $0.at, amount: $0.amount) }
      } else {
        try find(draft.customer, of: fact, for: &read)
      }
      return .success(read)
    } catch {
      return .failure(error)
    }
  }

  /// Finds whose fact it is, and what is known of it, as far as the state says.
  private func find(
    _ customer: RowCustomer?, of fact: Fact, for read: inout ReadFact
  ) throws(Problem) {
    switch customer {
    case nil: throw .cellMissing("customer")
    case .id(let id):
      let current = try state.current(id)
      try state.refuseErased(current)
      read.event.customer = current
    case .lookup(let draft):
      read.lookup = draft
      read.byRef = draft.lookups.ref.flatMap { state.customer(ref: $0) }
      read.byPhone = draft.lookups.phone.flatMap { state.customer(phone: $0) }
    }
    guard let found = read.event.customer ?? read.byRef ?? read.byPhone else { return }
    read.known = state.facts.known(fact, of: found)
  }

  /// Broadcasts, categories and channels are the same under any spelling.
  private static func key(of fact: Fact) -> String {
    switch fact {
    case .broadcastReceived(let name), .broadcastAnswered(let name): NameKey(name).text
    default: fact.id
    }
  }

  private static func other(of fact: Fact) -> String? {
    switch fact {
    case .orderReturned(_, let order, _): order
    case .spendRecorded(_, let channel, _): NameKey(channel).text
    default: nil
    }
  }

  // MARK: What it says

  private func checked(_ draft: FactDraft) throws(Problem) -> (Fact, original: JSON?) {
    var fact = draft.fact
    try check(fact)
    guard let currency = draft.currency, fact.amount != nil else { return (fact, nil) }
    let given = try Currency(currency)
    guard given.code != self.currency else { return (fact, nil) }
    guard let rate = draft.rate else {
      throw .currencyForeign(given.code, account: self.currency)
    }
    let exchange = try Exchange(from: given, to: Currency(recorded: self.currency), rate: rate)
    let original: JSON = .object([
      "amount": .int(fact.amount!), "currency": .string(given.code), "rate": .string(rate),
    ])
    try fact.exchange(exchange)
    return (fact, original)
  }

  private func check(_ fact: Fact) throws(Problem) {
    try check(fact.id, "id")
    if let order = fact.order { try check(order, "order") }
    if let amount = fact.amount { try check(amount) }
    switch fact {
    case .orderPlaced(_, _, let lines):
      for line in lines {
        try checkOptional(line.category, "category")
        try checkOptional(line.product, "product")
        guard JSON.exactIntegers.contains(line.amount) else { throw .amountOutOfRange(line.amount) }
      }
    case .orderShipped(_, let tracking, let estimate):
      try checkOptional(tracking, "tracking")
      try checkOptional(estimate, "estimate")
    case .enquiryMade(_, let category, let product):
      try checkOptional(category, "category")
      try checkOptional(product, "product")
    case .spendRecorded(_, let channel, _): try check(channel, "channel")
    default: break
    }
  }

  private func check(_ text: String, _ field: String) throws(Problem) {
    guard !text.isEmpty else { throw .textEmpty(field: field) }
    try checkOptional(text, field)
  }

  private func checkOptional(_ text: String?, _ field: String) throws(Problem) {
    guard let text, text.utf8.count > State.factTextLimit else { return }
    throw .textTooLong(field: field, length: text.utf8.count, limit: State.factTextLimit)
  }

  private func check(_ amount: Int64) throws(Problem) {
    guard (0...Currency.largestAmount).contains(amount) else { throw .amountOutOfRange(amount) }
  }
}

extension Fact {
  fileprivate mutating func exchange(_ exchange: Exchange) throws(Problem) {
    switch self {
    case .orderPlaced(let order, let amount, var lines):
      for index in lines.indices { lines[index].amount = try exchange(lines[index].amount) }
      self = .orderPlaced(order: order, amount: try exchange(amount), lines: lines)
    case .orderReturned(let id, let order, let amount):
      self = .orderReturned(id: id, order: order, amount: try exchange(amount))
    case .spendRecorded(let id, let channel, let amount):
      self = .spendRecorded(id: id, channel: channel, amount: try exchange(amount))
    default: break
    }
  }
}
