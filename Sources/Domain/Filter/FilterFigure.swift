/// A figure of a customer that can be compared: its name, and what it is about.
package struct FilterFigure: Hashable, Sendable {
  package var kind: Kind
  package var scope: FilterScope

  package init(_ kind: Kind, _ scope: FilterScope = FilterScope()) {
    self.kind = kind
    self.scope = scope
  }

  /// What each figure means. The raw values are words of the language.
  ///
  /// An order counts when it has been placed by now and has not been cancelled by now; it belongs to
  /// the time at which it was placed. Its worth is its amount less what has been returned by now. It
  /// is of a category, or a product, when one of its lines is.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// The number of orders that count; with a category or product, of those that are of it.
    case orders
    /// What orders that count are worth together, less what came back in the window of no order that is
    /// known. With a category or product, what their lines of it cost, without regard to returns.
    case spent
    /// `spent` divided by `orders`; missing without an order.
    case averageOrder = "average_order"
    /// The worth of the most valuable order; missing without an order.
    case largestOrder = "largest_order"
    /// The time since the last order that counts was placed, in days, not rounded; missing without one.
    case daysSinceOrder = "days_since_order"
    /// The time since the first order that counts was placed, in days, not rounded.
    case daysSinceFirstOrder = "days_since_first_order"
    /// The share of the orders that are of the category, or product; missing without an order.
    case shareOfOrders = "share_of_orders"
    /// `orders` in the window, per 30 days.
    case orderRate = "order_rate"
    /// How long the oldest order that counts and is not paid has been waiting; missing without one.
    case unpaidFor = "unpaid_for"
    /// The time since an order that counts was last completed; missing without one.
    case completedFor = "completed_for"
    /// Messages from the customer.
    case messagesFrom = "messages_from"
    /// Messages to the customer.
    case messagesTo = "messages_to"
    /// The time since the customer last wrote, in days, not rounded; missing when they never have.
    case daysSinceMessage = "days_since_message"
    /// The share of the messages to the customer that were answered: a message from the customer came
    /// before the next one to them. Missing where none was sent.
    case replyRate = "reply_rate"
    /// The mean time from a message to the customer to its answer; missing where none was answered.
    case replyTime = "reply_time"
    /// Broadcasts that the customer has received.
    case broadcasts
    /// The share of the broadcasts received, in the window, that the customer has answered by now;
    /// missing where none was received.
    case broadcastReplyRate = "broadcast_reply_rate"
    /// Product enquiries.
    case enquiries
    /// `enquiries` and `orders` together: how often the customer has asked for or bought it (A17).
    case interest
    /// Complaints that were opened in the window.
    case complaints
    /// Complaints that are open now.
    case openComplaints = "open_complaints"
    /// How long the oldest complaint that is open has been so; missing without one.
    case complaintOpenFor = "complaint_open_for"
    /// Urgent requests that were made in the window.
    case urgentRequests = "urgent_requests"
    /// Urgent requests that are open now.
    case openUrgentRequests = "open_urgent_requests"
  }
}

extension FilterFigure.Kind {
  /// What a figure is counted in, and so what it can be compared with.
  enum Measure: Hashable, Sendable {
    case count
    case money
    case share
    /// A number of days.
    case days
    /// A length of time.
    case time
    /// Orders per 30 days.
    case rate
  }

  var measure: Measure {
    switch self {
    case .orders, .messagesFrom, .messagesTo, .broadcasts, .enquiries, .interest, .complaints,
      .openComplaints, .urgentRequests, .openUrgentRequests:
      .count
    case .spent, .averageOrder, .largestOrder: .money
    case .shareOfOrders, .replyRate, .broadcastReplyRate: .share
    case .daysSinceOrder, .daysSinceFirstOrder, .daysSinceMessage: .days
    case .unpaidFor, .completedFor, .replyTime, .complaintOpenFor: .time
    case .orderRate: .rate
    }
  }

  /// Whether it grows by itself while time passes.
  var grows: Bool { measure == .days || (measure == .time && self != .replyTime) }

  /// Whether a category or a product can be asked for.
  var takesProduct: Bool {
    switch self {
    case .orders, .spent, .daysSinceOrder, .shareOfOrders, .orderRate, .enquiries, .interest: true
    default: false
    }
  }

  /// Whether a category or a product has to be given.
  var needsProduct: Bool { self == .shareOfOrders }

  var takesWindow: Bool {
    switch self {
    case .daysSinceOrder, .daysSinceFirstOrder, .daysSinceMessage, .unpaidFor, .completedFor,
      .openComplaints, .complaintOpenFor, .openUrgentRequests:
      false
    default: true
    }
  }

  /// Whether a window of a length has to be given.
  var needsLength: Bool { self == .orderRate }

  /// What facts it is made of.
  enum Family: Hashable, Sendable {
    case orders
    case messages
    case broadcasts
    case enquiries
    case ordersAndEnquiries
    case complaints
    case urgencies
  }

  var family: Family {
    switch self {
    case .orders, .spent, .averageOrder, .largestOrder, .daysSinceOrder, .daysSinceFirstOrder,
      .shareOfOrders, .orderRate, .unpaidFor, .completedFor:
      .orders
    case .messagesFrom, .messagesTo, .daysSinceMessage, .replyRate, .replyTime: .messages
    case .broadcasts, .broadcastReplyRate: .broadcasts
    case .enquiries: .enquiries
    case .interest: .ordersAndEnquiries
    case .complaints, .openComplaints, .complaintOpenFor: .complaints
    case .urgentRequests, .openUrgentRequests: .urgencies
    }
  }
}
