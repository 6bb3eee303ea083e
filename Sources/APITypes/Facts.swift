/// Answer to `POST /v1/facts`.
package struct FactsReceipt: Receipt {
  /// The first and the last number; between those of several commands others may stand.
  package var seq: [Int64]?
  /// The last command; facts by the thousand are recorded in several.
  package var command: String
  package var dryRun: Bool
  package var recorded: Int
  /// Known already.
  package var unchanged: Int
  /// Known otherwise: what is known stays.
  package var superseded: Int
  package var customersRegistered: Int
  package var refused: Int
  /// The first of those refused, at most 1000.
  package var refusals: [FactRefusal]
  /// What somebody who records one fact by hand should know; absent where there is nothing.
  package var warnings: [Warning]?

  package init(
    seq: [Int64]? = nil, command: String = "", dryRun: Bool = false, recorded: Int = 0,
    unchanged: Int = 0, superseded: Int = 0, customersRegistered: Int = 0, refused: Int = 0,
    refusals: [FactRefusal] = [], warnings: [Warning]? = nil
  ) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.recorded = recorded
    self.unchanged = unchanged
    self.superseded = superseded
    self.customersRegistered = customersRegistered
    self.refused = refused
    self.refusals = refusals
    self.warnings = warnings
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case recorded, unchanged, superseded
    case customersRegistered = "customers_registered"
    case refused, refusals, warnings
  }
}

/// A fact that was refused while others went in.
package struct FactRefusal: Codable, Hashable, Sendable {
  /// Its line, or its place in the array, counted from 1.
  package var line: Int
  package var code: String
  package var detail: String

  package init(line: Int, code: String, detail: String) {
    self.line = line
    self.code = code
    self.detail = detail
  }
}

/// One fact as the log has it.
package struct FactDocument: Codable, Hashable, Sendable {
  package var seq: Int64
  /// `order.placed` and so on.
  package var type: String
  package var customer: Int32?
  /// When it happened, RFC 3339 in UTC.
  package var occurred: String
  /// When it was recorded.
  package var at: String
  /// What else it says: `order`, `amount` in minor units, `lines`, `id` …
  package var data: [String: JSONValue]

  package init(
    seq: Int64, type: String, customer: Int32?, occurred: String, at: String,
    data: [String: JSONValue]
  ) {
    self.seq = seq
    self.type = type
    self.customer = customer
    self.occurred = occurred
    self.at = at
    self.data = data
  }
}

/// What follows from the facts of a customer. Amounts are in minor units of `currency`.
package struct FiguresDocument: Codable, Hashable, Sendable {
  package var currency: String
  /// Decimals of the currency's minor unit.
  package var decimals: Int
  package var orders: Int
  package var spent: Int64
  package var averageOrder: Int64?
  package var firstOrder: String?
  package var lastOrder: String?
  package var daysSinceOrder: Int?
  package var ordersLast60Days: Int
  package var ordersPrevious60Days: Int
  /// Messages to the customer, in the window that was asked for.
  package var messagesSent: Int
  package var messagesAnswered: Int
  /// Per cent, rounded half to even; nil where no message was sent.
  package var replyRate: Int?
  /// The mean, in seconds.
  package var replySeconds: Int64?
  package var categories: [CategoryShare]

  package init(
    currency: String, decimals: Int, orders: Int, spent: Int64, averageOrder: Int64?,
    firstOrder: String?, lastOrder: String?, daysSinceOrder: Int?, ordersLast60Days: Int,
    ordersPrevious60Days: Int, messagesSent: Int, messagesAnswered: Int, replyRate: Int?,
    replySeconds: Int64?, categories: [CategoryShare]
  ) {
    self.currency = currency
    self.decimals = decimals
    self.orders = orders
    self.spent = spent
    self.averageOrder = averageOrder
    self.firstOrder = firstOrder
    self.lastOrder = lastOrder
    self.daysSinceOrder = daysSinceOrder
    self.ordersLast60Days = ordersLast60Days
    self.ordersPrevious60Days = ordersPrevious60Days
    self.messagesSent = messagesSent
    self.messagesAnswered = messagesAnswered
    self.replyRate = replyRate
    self.replySeconds = replySeconds
    self.categories = categories
  }

  package enum CodingKeys: String, CodingKey {
    case currency, decimals, orders, spent
    case averageOrder = "average_order"
    case firstOrder = "first_order"
    case lastOrder = "last_order"
    case daysSinceOrder = "days_since_order"
    case ordersLast60Days = "orders_last_60_days"
    case ordersPrevious60Days = "orders_previous_60_days"
    case messagesSent = "messages_sent"
    case messagesAnswered = "messages_answered"
    case replyRate = "reply_rate"
    case replySeconds = "reply_seconds"
    case categories
  }
}

/// In how many of the orders a category occurs.
package struct CategoryShare: Codable, Hashable, Sendable {
  package var name: String
  package var orders: Int
  /// Per cent of all orders, rounded half to even.
  package var share: Int

  package init(name: String, orders: Int, share: Int) {
    self.name = name
    self.orders = orders
    self.share = share
  }
}

/// In what amounts are kept.
package struct AccountDocument: Codable, Hashable, Sendable {
  package var currency: String
  package var decimals: Int
  /// Whether there are amounts already, so that it cannot be changed.
  package var fixed: Bool

  package init(currency: String, decimals: Int, fixed: Bool) {
    self.currency = currency
    self.decimals = decimals
    self.fixed = fixed
  }
}

/// Answer to `PATCH /v1/account`.
package struct AccountReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  package var account: AccountDocument

  package init(seq: [Int64]?, command: String, dryRun: Bool, account: AccountDocument) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.account = account
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case account
  }
}

/// How the columns of a file are read, saved under a name.
package struct MappingDocument: Codable, Hashable, Sendable {
  package var name: String
  /// `orders`, `customers`, `memberships` or `history`.
  package var kind: String
  /// The heading of each field.
  package var headings: [String: String]
  package var options: [String: String]

  package init(
    name: String, kind: String, headings: [String: String], options: [String: String] = [:]
  ) {
    self.name = name
    self.kind = kind
    self.headings = headings
    self.options = options
  }

  package enum CodingKeys: String, CodingKey {
    case name, kind
    case headings = "columns"
    case options
  }
}

/// Answer to saving and removing a mapping.
package struct MappingReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  package var mapping: MappingDocument

  package init(seq: [Int64]?, command: String, dryRun: Bool, mapping: MappingDocument) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.mapping = mapping
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case mapping
  }
}

/// What a source channel has brought, of the customers whose first order lies in the range.
package struct SourceDocument: Codable, Hashable, Sendable {
  /// Nil for customers without a channel.
  package var channel: String?
  /// Registered customers of the channel, whenever they came.
  package var customers: Int
  /// Those whose first order lies in the range.
  package var buyers: Int
  /// Of the buyers, those who have ordered again by the end of the range.
  package var repeated: Int
  /// `repeated` of `buyers` in per cent, rounded half to even; nil without a buyer.
  package var repeatRate: Int?
  /// Orders placed in the range, of all customers of the channel.
  package var orders: Int
  /// What those orders are worth, less what came back of no known order in the range. Minor units.
  package var revenue: Int64
  /// What the orders are worth on average; nil without an order.
  package var averageOrder: Int64?
  /// What the buyers' first orders are worth on average; nil without a buyer.
  package var firstOrder: Int64?
  /// What was spent on the channel in the range.
  package var spend: Int64
  /// `spend` for each buyer; nil without either.
  package var acquisitionCost: Int64?
  package var currency: String

  package init(
    channel: String?, customers: Int, buyers: Int, repeated: Int, repeatRate: Int?, orders: Int,
    revenue: Int64, averageOrder: Int64?, firstOrder: Int64?, spend: Int64,
    acquisitionCost: Int64?, currency: String
  ) {
    self.channel = channel
    self.customers = customers
    self.buyers = buyers
    self.repeated = repeated
    self.repeatRate = repeatRate
    self.orders = orders
    self.revenue = revenue
    self.averageOrder = averageOrder
    self.firstOrder = firstOrder
    self.spend = spend
    self.acquisitionCost = acquisitionCost
    self.currency = currency
  }

  package enum CodingKeys: String, CodingKey {
    case channel, customers, buyers, repeated
    case repeatRate = "repeat_rate"
    case orders, revenue
    case averageOrder = "average_order"
    case firstOrder = "first_order"
    case spend
    case acquisitionCost = "acquisition_cost"
    case currency
  }
}

/// One fact as it is sent.
package struct FactBody: Codable, Hashable, Sendable {
  /// `order.placed` and so on.
  package var type: String
  package var customer: Int32?
  package var occurred: String?
  package var id: String?
  package var order: String?
  /// In units of the currency, as a decimal text.
  package var amount: String?
  package var currency: String?
  package var rate: String?
  package var lines: [FactLineBody]?
  package var category: String?
  package var product: String?
  package var broadcast: String?
  package var channel: String?
  package var tracking: String?
  package var estimate: String?

  package init(_ type: String, customer: Int32? = nil) {
    self.type = type
    self.customer = customer
  }
}

package struct FactLineBody: Codable, Hashable, Sendable {
  package var category: String?
  package var product: String?
  package var quantity: Int?
  package var amount: String?

  package init(
    category: String? = nil, product: String? = nil, quantity: Int? = nil, amount: String? = nil
  ) {
    self.category = category
    self.product = product
    self.quantity = quantity
    self.amount = amount
  }
}

/// Body of `PATCH /v1/account`.
package struct AccountDraft: Codable, Hashable, Sendable {
  package var currency: String
  package var reason: String?
  package var dryRun: Bool?

  package init(currency: String, reason: String? = nil, dryRun: Bool? = nil) {
    self.currency = currency
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case currency, reason
    case dryRun = "dry_run"
  }
}
