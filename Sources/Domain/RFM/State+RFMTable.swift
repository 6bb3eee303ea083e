extension State {
  /// What one customer is scored by at a moment; nil where they have no order that counts.
  package func rfmFigures(of customer: CustomerID, at now: Timestamp) -> RFMFigures? {
    guard merged(customer) == nil, !isErased(customer) else { return nil }
    return RFMFigures(facts(of: customer), windowDays: rfm.settings.windowDays, at: now)
  }

  /// Where the levels begin at a moment: what the settings name, or the quantiles of all customers.
  package func rfmBreaks(at now: Timestamp) -> RFMBreaks {
    if case .thresholds(let thresholds) = rfm.settings.scale {
      return RFMBreaks(levels: rfm.settings.levels, thresholds)
    }
    let columns = RFMColumns(of: self, at: now)
    return RFMBreaks(
      rfm.settings, recency: columns.recency, frequency: columns.frequency,
      monetary: columns.monetary)
  }

  /// The group that a customer is in at a moment; nil where they are in none.
  ///
  /// With fixed thresholds that is a matter of their own orders. By quantiles it depends on everybody
  /// else's too: whoever asks for many hands the breaks in, which are found once.
  package func rfmGroup(
    of customer: CustomerID, at now: Timestamp, breaks: RFMBreaks? = nil
  ) -> RFMGroup? {
    guard let figures = rfmFigures(of: customer, at: now) else { return nil }
    let scores = (breaks ?? rfmBreaks(at: now)).scores(
      recency: figures.recency, frequency: figures.frequency, monetary: figures.monetary)
    return rfm.settings.groups.first { $0.fits(scores) }
  }

  /// Everybody in a group at a moment, by its key; nobody where there is no such group.
  package func rfmMembers(ofGroup key: String, at now: Timestamp) -> CustomerSet {
    guard let index = rfm.settings.groups.firstIndex(where: { $0.key == key }) else {
      return CustomerSet()
    }
    return rfmTable(at: now).members(ofGroup: index)
  }

  /// The scores of everybody at a moment.
  package func rfmTable(at now: Timestamp) -> RFMTable {
    let columns = RFMColumns(of: self, at: now)
    return RFMTable(
      rfm.settings, customers: columns.customers, recency: columns.recency,
      frequency: columns.frequency, monetary: columns.monetary)
  }

  /// The first moment after `now` at which a customer's figures may change without any new event.
  ///
  /// Whole days since the last order turn over at its time of day, and an order leaves a window when
  /// it is as old as the window is long; what is on record for later has not happened yet.
  package func nextRFMChange(of customer: CustomerID, after now: Timestamp) -> Timestamp? {
    let facts = facts(of: customer)
    var next = Int64.max
    func take(_ moment: Int64) { if moment > now.rawValue { next = min(next, moment) } }
    for order in facts.orders {
      guard let placed = order.placed else { continue }
      take(placed.rawValue)
      if let cancelled = order.cancelled { take(cancelled.rawValue) }
      for back in order.returns { take(back.at.rawValue) }
      if placed <= now {
        let days = (now.rawValue - placed.rawValue) / RFMTable.day
        take(placed.rawValue + (days + 1) * RFMTable.day)
      }
      if let days = rfm.settings.windowDays {
        take(placed.rawValue + Int64(days) * RFMTable.day + 1)
      }
    }
    for credit in facts.credits {
      take(credit.at.rawValue)
      if let days = rfm.settings.windowDays {
        take(credit.at.rawValue + Int64(days) * RFMTable.day + 1)
      }
    }
    return next == .max ? nil : Timestamp(microseconds: next)
  }
}

/// The figures of everybody who has an order that counts, read from the columns of the facts.
struct RFMColumns {
  private(set) var customers: [CustomerID] = []
  private(set) var recency: [Int64] = []
  private(set) var frequency: [Int64] = []
  private(set) var monetary: [Int64] = []

  init(of state: State, at now: Timestamp) {
    let count = state.customerCount
    customers.reserveCapacity(count)
    recency.reserveCapacity(count)
    frequency.reserveCapacity(count)
    monetary.reserveCapacity(count)
    let start = state.rfm.settings.windowDays.map { now.rawValue - Int64($0) * RFMTable.day }
    for index in 0..<state.facts.blockCount {
      guard let block = state.facts.block(index) else { continue }
      add(block, first: Int32(index * FactBlock.size + 1), from: start ?? .min, to: now.rawValue)
    }
    guard !state.erased.isEmpty else { return }
    let kept = customers.indices.filter { !state.erased.contains(customers[$0]) }
    guard kept.count < customers.count else { return }
    customers = kept.map { customers[$0] }
    recency = kept.map { recency[$0] }
    frequency = kept.map { frequency[$0] }
    monetary = kept.map { monetary[$0] }
  }

  private mutating func add(_ block: FactBlock, first: Int32, from start: Int64, to now: Int64) {
    guard !block.orderEnds.isEmpty else { return }
    let isCancelled = !block.cancelled.isEmpty
    var row = 0
    for slot in 0..<FactBlock.size {
      let end = Int(block.orderEnds[slot])
      var last = Int64.min
      var (count, sum): (Int64, Int64) = (0, 0)
      while row < end {
        let placed = block.placed[row]
        if placed >= start, placed <= now, !(isCancelled && block.cancelled[row] <= now) {
          last = placed
          count += 1
          sum &+= block.amounts[row]
        }
        row += 1
      }
      guard count > 0 else { continue }
      customers.append(CustomerID(first + Int32(slot)))
      recency.append((now - last) / RFMTable.day)
      frequency.append(count)
      monetary.append(sum)
    }
    if !block.returns.isEmpty || !block.credits.rows.isEmpty {
      lower(block, first: first, from: start, to: now)
    }
  }

  /// Takes off what came back, for the few blocks in which anything did.
  private mutating func lower(
    _ block: FactBlock, first: Int32, from start: Int64, to now: Int64
  ) {
    var index = customers.count - 1
    while index >= 0, customers[index].rawValue >= first {
      let slot = Int(customers[index].rawValue - first)
      let rows = block.orders(slot)
      for back in block.returns where rows.contains(Int(back.row)) && back.fact.at.rawValue <= now {
        let row = Int(back.row)
        let isCancelled = !block.cancelled.isEmpty && block.cancelled[row] <= now
        if block.placed[row] >= start, block.placed[row] <= now, !isCancelled {
          monetary[index] &-= back.fact.amount
        }
      }
      for credit in block.credits[slot] where (start...now).contains(credit.at.rawValue) {
        monetary[index] &-= credit.amount
      }
      index -= 1
    }
  }
}
