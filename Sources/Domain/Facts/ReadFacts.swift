/// Facts of the log, read apart from any state, so that several threads can read at once: each is ready for
/// the block of its customer but for the names it uses, which have numbers of their own here.
package struct ReadFacts: Sendable {
  private var names = Spellings()
  /// By the chunk of the table in which the customer stands.
  private(set) var shares: [Share] = []
  /// All of them in order.
  private var places: [Place] = []
  /// How many of them have been put where they belong.
  private var taken = 0

  /// The facts of the customers of one chunk, in order.
  struct Share: Sendable {
    fileprivate var facts: [(customer: CustomerID, piece: FactPiece)] = []
    /// Those that are about to be put where they belong; all before them have been.
    fileprivate var due = 0..<0
  }

  private struct Place {
    /// Of its event, among those with which it was read.
    let index: Int32
    let chunk: Int32
    let hasAmount: Bool
  }

  /// Facts that are about to be put where they belong.
  struct Due {
    var count = 0
    /// How many chunks there are up to the last that any of them belongs into.
    var chunks = 0
    var hasAmounts = false
  }

  package init() {}

  /// Takes in the fact of the event at `index`, which stands behind those taken in before.
  ///
  /// - Returns: false for one that is about no customer.
  mutating func add(
    _ fact: Fact, of customer: CustomerID, at time: Timestamp, index: Int
  ) -> Bool {
    names.index = index
    guard customer.rawValue > 0, let piece = FactPiece(fact, at: time, naming: &names) else {
      return false
    }
    let chunk = FactTable.chunk(of: customer)
    while shares.count <= chunk { shares.append(Share()) }
    shares[chunk].facts.append((customer, piece))
    places.append(Place(index: Int32(index), chunk: Int32(chunk), hasAmount: fact.amount != nil))
    return true
  }

  /// Takes in the fact of an event about to be recorded at `time`, in the same way.
  ///
  /// - Returns: false for one that tells no fact about a customer.
  mutating func add(_ event: Event, at time: Timestamp, index: Int) -> Bool {
    guard case .fact(let told)? = event.content, let customer = event.customer else { return false }
    return add(told.fact, of: customer, at: event.occurred ?? time, index: index)
  }

  /// Makes due all facts of events before `index`.
  mutating func release(before index: Int) -> Due {
    var due = Due()
    while taken < places.count, places[taken].index < index {
      let place = places[taken]
      let share = Int(place.chunk)
      shares[share].due = shares[share].due.lowerBound..<shares[share].due.upperBound + 1
      due.count += 1
      due.chunks = max(due.chunks, share + 1)
      due.hasAmounts = due.hasAmounts || place.hasAmount
      taken += 1
    }
    return due
  }

  /// What the numbers of names are in a state, which gets to know the names in the order of the events.
  mutating func numbers(before index: Int, in facts: inout Facts) -> FactNumbers {
    names.numbers(before: index, in: &facts)
  }

  /// Lets each share hand over what is due of it.
  mutating func withShares(_ body: (UnsafeMutableBufferPointer<Share>) -> Void) {
    shares.withUnsafeMutableBufferPointer { body($0) }
  }
}

extension ReadFacts.Share {
  /// Hands over those that are due.
  mutating func take(_ numbers: FactNumbers, _ body: (CustomerID, FactPiece) -> Void) {
    for index in due {
      facts[index].piece.renumber(numbers)
      body(facts[index].customer, facts[index].piece)
    }
    due = due.upperBound..<due.upperBound
    guard due.upperBound == facts.count else { return }
    // Let go of by the thread that took them, not by the one that folds.
    facts = []
    due = 0..<0
  }

  /// Those that are due of some customers.
  func due(
    _ numbers: FactNumbers, of isMeant: (CustomerID) -> Bool
  ) -> [(customer: CustomerID, piece: FactPiece)] {
    facts[due].filter { isMeant($0.customer) }.map { customer, piece in
      var piece = piece
      piece.renumber(numbers)
      return (customer, piece)
    }
  }
}

extension State {
  /// Puts the facts of events before `index` where they belong, those of each chunk by one thread.
  ///
  /// - Parameter least: one after the other where there are fewer.
  package mutating func take(
    _ read: inout ReadFacts, before index: Int, spread: Spread,
    from least: Int = GatheredTurns.worthSpreading
  ) {
    facts.take(&read, before: index, spread, from: least)
  }
}

/// The names that facts have used, each way of writing one with a number of its own.
private struct Spellings: FactNaming, Sendable {
  /// Of the event whose fact is being read.
  var index = 0
  private var categories = Kind()
  private var products = Kind()
  private var broadcasts = Kind()

  private struct Kind: Sendable {
    private var numbers: [String: Int32] = [:]
    /// In the order of their numbers, from 1 on, with the event that used each first.
    private var names: [(text: String, index: Int)] = []
    /// What their numbers are in a state, as far as they have been asked for.
    private(set) var settled: [Int32] = [0]

    mutating func number(_ name: String?, _ index: Int) -> Int32 {
      guard let name, !name.isEmpty else { return 0 }
      if let known = numbers[name] { return known }
      names.append((name, index))
      numbers[name] = Int32(names.count)
      return Int32(names.count)
    }

    mutating func settle(before index: Int, _ number: (String) -> Int32) {
      while settled.count <= names.count, names[settled.count - 1].index < index {
        settled.append(number(names[settled.count - 1].text))
      }
    }
  }

  mutating func category(_ name: String?) -> Int32 { categories.number(name, index) }
  mutating func product(_ name: String?) -> Int32 { products.number(name, index) }
  mutating func broadcast(_ name: String) -> Int32 { broadcasts.number(name, index) }

  mutating func numbers(before index: Int, in facts: inout Facts) -> FactNumbers {
    categories.settle(before: index) { facts.category($0) }
    products.settle(before: index) { facts.product($0) }
    broadcasts.settle(before: index) { facts.broadcast($0) }
    return FactNumbers(
      categories: categories.settled, products: products.settled, broadcasts: broadcasts.settled)
  }
}

/// What the numbers of names are in a state, by those they had where they were read.
struct FactNumbers: Sendable {
  let categories: [Int32]
  let products: [Int32]
  let broadcasts: [Int32]
}

extension FactPiece {
  fileprivate mutating func renumber(_ numbers: FactNumbers) {
    switch self {
    case .order(var order):
      guard !order.lines.isEmpty else { return }
      // Let go of, so that the lines are changed where they stand instead of in a copy.
      self = .order(OrderFacts(key: order.key))
      for index in order.lines.indices {
        order.lines[index].category = numbers.categories[Int(order.lines[index].category)]
        order.lines[index].product = numbers.products[Int(order.lines[index].product)]
      }
      self = .order(order)
    case .broadcast(var facts):
      facts.broadcast = numbers.broadcasts[Int(facts.broadcast)]
      self = .broadcast(facts)
    case .enquiry(var enquiry):
      enquiry.category = numbers.categories[Int(enquiry.category)]
      enquiry.product = numbers.products[Int(enquiry.product)]
      self = .enquiry(enquiry)
    case .credit, .message, .complaint, .urgency: return
    }
  }
}
