/// Something that a customer has done, or that has been done for them, as it is told; with the ids that
/// other systems gave. Money is in minor units.
///
/// Each case is one type of event. What repeats an id, of one customer and one kind, is the same fact.
package enum Fact: Hashable, Sendable {
  case orderPlaced(order: String, amount: Int64, lines: [FactLine])
  case orderPaid(order: String)
  /// `estimate` is a text, as the carrier has it: "3 to 5 days", or a date.
  case orderShipped(order: String, tracking: String?, estimate: String?)
  case orderCompleted(order: String)
  case orderCancelled(order: String)
  /// `order` is nil where it is not known of which order something came back; what the customer has
  /// spent falls all the same, at the time of the return.
  case orderReturned(id: String, order: String?, amount: Int64)
  /// From the customer.
  case messageReceived(id: String)
  /// To the customer.
  case messageSent(id: String)
  case broadcastReceived(broadcast: String)
  case broadcastAnswered(broadcast: String)
  case enquiryMade(id: String, category: String?, product: String?)
  case complaintOpened(id: String)
  case complaintResolved(id: String)
  case urgencyRaised(id: String)
  case urgencySettled(id: String)
  /// What was spent to gain customers by a source channel; it is about no customer.
  case spendRecorded(id: String, channel: String, amount: Int64)
}

/// One kind of product in an order, as it is told.
package struct FactLine: Hashable, Sendable {
  package var category: String?
  package var product: String?
  package var quantity: Int32
  /// In minor units, for the whole quantity.
  package var amount: Int64

  package init(category: String? = nil, product: String? = nil, quantity: Int32, amount: Int64) {
    self.category = category
    self.product = product
    self.quantity = quantity
    self.amount = amount
  }
}

extension Fact {
  package var type: EventType {
    switch self {
    case .orderPlaced: .orderPlaced
    case .orderPaid: .orderPaid
    case .orderShipped: .orderShipped
    case .orderCompleted: .orderCompleted
    case .orderCancelled: .orderCancelled
    case .orderReturned: .orderReturned
    case .messageReceived: .messageReceived
    case .messageSent: .messageSent
    case .broadcastReceived: .broadcastReceived
    case .broadcastAnswered: .broadcastAnswered
    case .enquiryMade: .enquiryMade
    case .complaintOpened: .complaintOpened
    case .complaintResolved: .complaintResolved
    case .urgencyRaised: .urgencyRaised
    case .urgencySettled: .urgencySettled
    case .spendRecorded: .spendRecorded
    }
  }

  /// What makes it the same fact when it is told again; an order's steps go by the order.
  package var id: String {
    switch self {
    case .orderPlaced(let id, _, _), .orderPaid(let id), .orderShipped(let id, _, _),
      .orderCompleted(let id), .orderCancelled(let id), .orderReturned(let id, _, _),
      .messageReceived(let id), .messageSent(let id), .broadcastReceived(let id),
      .broadcastAnswered(let id), .enquiryMade(let id, _, _), .complaintOpened(let id),
      .complaintResolved(let id), .urgencyRaised(let id), .urgencySettled(let id),
      .spendRecorded(let id, _, _):
      id
    }
  }

  /// The order it is about, where it is about one.
  package var order: String? {
    switch self {
    case .orderPlaced(let order, _, _), .orderPaid(let order), .orderShipped(let order, _, _),
      .orderCompleted(let order), .orderCancelled(let order):
      order
    case .orderReturned(_, let order, _): order
    default: nil
    }
  }

  /// In minor units; nil where it is not about money.
  package var amount: Int64? {
    switch self {
    case .orderPlaced(_, let amount, _), .orderReturned(_, _, let amount),
      .spendRecorded(_, _, let amount):
      amount
    default: nil
    }
  }
}

// MARK: - As it stands in an event

extension Fact {
  /// What an event tells; nil where it tells no fact, or is damaged.
  package init?(_ type: EventType, _ data: JSON?) {
    guard type.isOfFacts, let data else { return nil }
    func text(_ name: String) -> String? { data[name]?.string }
    switch type {
    case .orderPlaced:
      guard let order = text("order"), let amount = data["amount"]?.int else { return nil }
      self = .orderPlaced(
        order: order, amount: amount, lines: (data["lines"]?.array ?? []).compactMap(FactLine.init))
    case .orderReturned:
      guard let id = text("id"), let amount = data["amount"]?.int else { return nil }
      self = .orderReturned(id: id, order: text("order"), amount: amount)
    case .enquiryMade:
      guard let id = text("id") else { return nil }
      self = .enquiryMade(id: id, category: text("category"), product: text("product"))
    case .spendRecorded:
      guard let id = text("id"), let channel = text("channel"), let amount = data["amount"]?.int
      else { return nil }
      self = .spendRecorded(id: id, channel: channel, amount: amount)
    case .orderShipped:
      guard let order = text("order") else { return nil }
      self = .orderShipped(order: order, tracking: text("tracking"), estimate: text("estimate"))
    default:
      self.init(type, id: text("order") ?? text("broadcast") ?? text("id"))
    }
  }

  /// A fact that has nothing but its id.
  private init?(_ type: EventType, id: String?) {
    guard let id else { return nil }
    switch type {
    case .orderPaid: self = .orderPaid(order: id)
    case .orderCompleted: self = .orderCompleted(order: id)
    case .orderCancelled: self = .orderCancelled(order: id)
    case .messageReceived: self = .messageReceived(id: id)
    case .messageSent: self = .messageSent(id: id)
    case .broadcastReceived: self = .broadcastReceived(broadcast: id)
    case .broadcastAnswered: self = .broadcastAnswered(broadcast: id)
    case .complaintOpened: self = .complaintOpened(id: id)
    case .complaintResolved: self = .complaintResolved(id: id)
    case .urgencyRaised: self = .urgencyRaised(id: id)
    case .urgencySettled: self = .urgencySettled(id: id)
    default: return nil
    }
  }
}

extension FactLine {
  init?(_ json: JSON) {
    guard let quantity = json["quantity"]?.int.flatMap(Int32.init(exactly:)),
      let amount = json["amount"]?.int
    else { return nil }
    self.init(
      category: json["category"]?.string, product: json["product"]?.string, quantity: quantity,
      amount: amount)
  }
}
