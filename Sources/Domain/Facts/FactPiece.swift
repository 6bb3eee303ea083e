/// What one fact adds to what is known of a customer.
enum FactPiece: Hashable, Sendable {
  case order(OrderFacts)
  case credit(ReturnFact)
  case message(MessageFact)
  case broadcast(BroadcastFacts)
  case enquiry(EnquiryFact)
  case complaint(CaseFacts)
  case urgency(CaseFacts)
}

/// Gives the names that facts use again and again a number each; none and the empty one have 0.
protocol FactNaming {
  mutating func category(_ name: String?) -> Int32
  mutating func product(_ name: String?) -> Int32
  mutating func broadcast(_ name: String) -> Int32
}

extension FactPiece {
  /// Nil for a fact that is about no customer.
  init?(_ fact: Fact, at time: Timestamp, naming names: inout some FactNaming) {
    switch fact {
    case .orderPlaced(let id, let amount, let told):
      var order = OrderFacts(key: FactKey(id))
      order.placed = time
      order.amount = amount
      order.lines = told.map { line in
        OrderLine(
          category: names.category(line.category), product: names.product(line.product),
          quantity: line.quantity, amount: line.amount)
      }
      self = .order(order)
    case .orderPaid(let id): self.init(order: id, \.paid, time)
    case .orderShipped(let id, _, _): self.init(order: id, \.shipped, time)
    case .orderCompleted(let id): self.init(order: id, \.completed, time)
    case .orderCancelled(let id): self.init(order: id, \.cancelled, time)
    case .orderReturned(let id, let order, let amount):
      let back = ReturnFact(key: FactKey(id), at: time, amount: amount)
      if let order {
        var facts = OrderFacts(key: FactKey(order))
        facts.returns = [back]
        self = .order(facts)
      } else {
        self = .credit(back)
      }
    case .messageReceived(let id):
      self = .message(MessageFact(key: FactKey(id), at: time, isIncoming: true))
    case .messageSent(let id):
      self = .message(MessageFact(key: FactKey(id), at: time, isIncoming: false))
    case .broadcastReceived(let name):
      var facts = BroadcastFacts(broadcast: names.broadcast(name))
      facts.received = time
      self = .broadcast(facts)
    case .broadcastAnswered(let name):
      var facts = BroadcastFacts(broadcast: names.broadcast(name))
      facts.answered = time
      self = .broadcast(facts)
    case .enquiryMade(let id, let category, let product):
      self = .enquiry(
        EnquiryFact(
          key: FactKey(id), at: time, category: names.category(category),
          product: names.product(product)))
    case .complaintOpened(let id): self = .complaint(CaseFacts(id, \.opened, time))
    case .complaintResolved(let id): self = .complaint(CaseFacts(id, \.resolved, time))
    case .urgencyRaised(let id): self = .urgency(CaseFacts(id, \.opened, time))
    case .urgencySettled(let id): self = .urgency(CaseFacts(id, \.resolved, time))
    case .spendRecorded: return nil
    }
  }

  private init(
    order id: String, _ step: WritableKeyPath<OrderFacts, Timestamp?>, _ time: Timestamp
  ) {
    var order = OrderFacts(key: FactKey(id))
    order[keyPath: step] = time
    self = .order(order)
  }
}

extension CaseFacts {
  fileprivate init(_ id: String, _ step: WritableKeyPath<Self, Timestamp?>, _ time: Timestamp) {
    self.init(key: FactKey(id))
    self[keyPath: step] = time
  }
}
