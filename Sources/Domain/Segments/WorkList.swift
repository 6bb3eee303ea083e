import HashTreeCollections

/// Whom a team works through because a routine fell due; who is on it was fixed then.
package struct WorkList: Hashable, Sendable {
  package let day: Day
  /// When it fell due.
  package let due: Timestamp
  /// The `seq` of the first of its events.
  package let seq: Int64
  package internal(set) var customers = CustomerSet()
  /// How many matched; more than are on the list where there were too many for one.
  package internal(set) var matched: Int
  /// What has been done about whom; nobody of the list who is not here has been begun with.
  var marks: TreeDictionary<CustomerID, WorkItem> = [:]

  init(day: Day, due: Timestamp, seq: Int64, matched: Int) {
    self.day = day
    self.due = due
    self.seq = seq
    self.matched = matched
  }

  /// What has been done about a customer of the list.
  package subscript(customer: CustomerID) -> WorkItem {
    marks[customer] ?? WorkItem()
  }
}

/// What has been done about one customer of a list.
package struct WorkItem: Hashable, Sendable {
  /// Who has taken it upon themselves, and when.
  package var taken: Stamp?
  /// How it came to its end, by whom and when.
  package var settled: Settlement?

  package struct Stamp: Hashable, Sendable {
    /// Nil for root, who is nobody of the team.
    package let by: OperatorID?
    package let at: Timestamp
  }

  package struct Settlement: Hashable, Sendable {
    package let isDone: Bool
    package let stamp: Stamp
  }

  package var state: WorkState {
    if let settled { return settled.isDone ? .done : .skipped }
    return taken == nil ? .open : .taken
  }
}

/// The raw values are formats.
package enum WorkState: String, CaseIterable, Hashable, Sendable {
  case open
  case taken
  case done
  case skipped
}

/// What somebody does about customers of a list. The raw values are formats.
package enum WorkAct: String, CaseIterable, Hashable, Sendable {
  case take
  case done
  case skip
  /// Gives back what was taken, or goes back on what was done or skipped.
  case reopen

  var type: EventType {
    switch self {
    case .take: .workTaken
    case .done: .workDone
    case .skip: .workSkipped
    case .reopen: .workReopened
    }
  }

  init?(_ type: EventType) {
    switch type {
    case .workTaken: self = .take
    case .workDone: self = .done
    case .workSkipped: self = .skip
    case .workReopened: self = .reopen
    default: return nil
    }
  }
}

extension WorkItem {
  mutating func apply(_ act: WorkAct, _ stamp: Stamp) {
    switch act {
    case .take: taken = stamp
    case .done: settled = Settlement(isDone: true, stamp: stamp)
    case .skip: settled = Settlement(isDone: false, stamp: stamp)
    case .reopen: self = WorkItem()
    }
  }
}

/// How far the work on a list is.
package struct WorkCounts: Hashable, Sendable {
  package var open = 0
  package var taken = 0
  package var done = 0
  package var skipped = 0
}

extension State {
  /// Who is on a list now, each with what has been done about them: who was merged stands there as
  /// whom they were merged into, and who was erased does not stand there any more.
  package func items(of list: WorkList) -> [(customer: CustomerID, item: WorkItem)] {
    var places: [CustomerID: Int] = [:]
    var items: [(customer: CustomerID, item: WorkItem)] = []
    for listed in list.customers {
      guard let customer = try? current(listed), !isErased(customer) else { continue }
      let item = list[listed]
      if customer == listed, places[customer] == nil {
        places[customer] = items.count
        items.append((customer, item))
      } else if let place = places[customer] {
        // Of two that have become one, what is further along counts.
        if items[place].item.rank < item.rank { items[place].item = item }
      } else {
        places[customer] = items.count
        items.append((customer, item))
      }
    }
    return items
  }

  package func counts(of list: WorkList) -> WorkCounts {
    var counts = WorkCounts()
    for (_, item) in items(of: list) {
      switch item.state {
      case .open: counts.open += 1
      case .taken: counts.taken += 1
      case .done: counts.done += 1
      case .skipped: counts.skipped += 1
      }
    }
    return counts
  }

  /// Those of a list who have been merged into somebody since, by whom they are now.
  func moved(on list: WorkList) -> [CustomerID: [CustomerID]] {
    var moved: [CustomerID: [CustomerID]] = [:]
    for listed in list.customers {
      guard merged(listed) != nil, let customer = try? current(listed) else { continue }
      moved[customer, default: []].append(listed)
    }
    return moved
  }

  /// Whether an operator may work a list, as far as its role tells.
  package func works(_ id: OperatorID, _ routine: Routine, at time: Timestamp) -> Bool {
    guard let role = routine.role else { return true }
    return team.grants.contains { $0.holder == id && $0.role == role && $0.holds(at: time) }
  }
}

extension WorkItem {
  fileprivate var rank: Int {
    switch state {
    case .open: 0
    case .taken: 1
    case .skipped: 2
    case .done: 3
    }
  }
}
