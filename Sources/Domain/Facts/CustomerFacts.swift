/// Everything that is known of what one customer has done, for whoever looks at customers one by one.
///
/// It holds all that is on record, also what is later than the moment somebody asks about: who
/// evaluates at a moment leaves out what had not occurred by then.
package struct CustomerFacts: Hashable, Sendable {
  /// In the order they were placed; those whose placing is not known yet stand last.
  package var orders: [OrderFacts] = []
  /// What came back of no order that is known, in the order of the times: what the customer has spent
  /// falls by it, at its time (in a window, if it lies in the window).
  package var credits: [ReturnFact] = []
  /// In the order of their times.
  package var messages: [MessageFact] = []
  package var broadcasts: [BroadcastFacts] = []
  package var enquiries: [EnquiryFact] = []
  package var complaints: [CaseFacts] = []
  package var urgencies: [CaseFacts] = []

  package init() {}
}

/// One order, as far as it is known; times are when each step occurred.
package struct OrderFacts: Hashable, Sendable {
  /// Stands for the order's id in the system it comes from.
  package var key: FactKey
  /// An order counts from here on; until it is known there is none.
  package var placed: Timestamp?
  package var paid: Timestamp?
  package var shipped: Timestamp?
  package var completed: Timestamp?
  package var cancelled: Timestamp?
  /// What was to be paid when it was placed, in minor units of the account's currency.
  package var amount: Int64 = 0
  /// What came back in part, in the order of the times.
  package var returns: [ReturnFact] = []
  package var lines: [OrderLine] = []

  package init(key: FactKey) {
    self.key = key
  }
}

/// One kind of product in an order.
package struct OrderLine: Hashable, Sendable {
  /// Index into the catalogue of categories; 0 for none.
  package var category: Int32
  /// Index into the catalogue of products (models); 0 for none.
  package var product: Int32
  package var quantity: Int32
  /// In minor units.
  package var amount: Int64

  package init(category: Int32, product: Int32, quantity: Int32, amount: Int64) {
    self.category = category
    self.product = product
    self.quantity = quantity
    self.amount = amount
  }
}

package struct ReturnFact: Hashable, Sendable {
  package var key: FactKey
  package var at: Timestamp
  /// By how much the order's worth falls, in minor units.
  package var amount: Int64

  package init(key: FactKey, at: Timestamp, amount: Int64) {
    self.key = key
    self.at = at
    self.amount = amount
  }
}

package struct MessageFact: Hashable, Sendable {
  package var key: FactKey
  package var at: Timestamp
  /// From the customer; otherwise to them.
  package var isIncoming: Bool

  package init(key: FactKey, at: Timestamp, isIncoming: Bool) {
    self.key = key
    self.at = at
    self.isIncoming = isIncoming
  }
}

/// A broadcast that was sent to the customer, and whether they answered it.
package struct BroadcastFacts: Hashable, Sendable {
  /// Index into the catalogue of broadcasts.
  package var broadcast: Int32
  package var received: Timestamp?
  package var answered: Timestamp?

  package init(broadcast: Int32) {
    self.broadcast = broadcast
  }
}

package struct EnquiryFact: Hashable, Sendable {
  package var key: FactKey
  package var at: Timestamp
  /// Index into the catalogue of categories; 0 for none.
  package var category: Int32
  /// Index into the catalogue of products; 0 for none.
  package var product: Int32

  package init(key: FactKey, at: Timestamp, category: Int32, product: Int32) {
    self.key = key
    self.at = at
    self.category = category
    self.product = product
  }
}

/// A complaint or an urgent request.
package struct CaseFacts: Hashable, Sendable {
  package var key: FactKey
  package var opened: Timestamp?
  package var resolved: Timestamp?

  package init(key: FactKey) {
    self.key = key
  }
}

/// Stands for an id that another system gave: what repeats it is the same fact.
package struct FactKey: Hashable, Sendable, Comparable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  package static func < (a: Self, b: Self) -> Bool {
    a.rawValue < b.rawValue
  }
}
