/// How RFM is scored, and how the customers fall into its groups at one moment.
package struct RFMDocument: Codable, Hashable, Sendable {
  package var revision: Int64
  package var levels: Int
  /// `below` or `above`, where levels are quantiles; nil where they are fixed.
  package var ties: String?
  package var thresholds: RFMThresholdsDocument?
  /// Only orders of the last so many days count; nil for all.
  package var windowDays: Int?
  /// `combination` or `sum`.
  package var grouping: String
  /// The moment at which it was scored; RFC 3339 in UTC.
  package var at: String
  /// Customers with an order that counts.
  package var customers: Int
  /// Where the levels begin, as decimal numbers, in the units of the thresholds.
  package var breaks: RFMBreaksDocument
  /// How many customers have each score, from 1 on.
  package var distribution: RFMDistribution
  package var groups: [RFMGroupDocument]
  /// Customers whose scores fit no group.
  package var ungrouped: Int

  package init(
    revision: Int64, levels: Int, ties: String?, thresholds: RFMThresholdsDocument?,
    windowDays: Int?, grouping: String, at: String, customers: Int, breaks: RFMBreaksDocument,
    distribution: RFMDistribution, groups: [RFMGroupDocument], ungrouped: Int
  ) {
    self.revision = revision
    self.levels = levels
    self.ties = ties
    self.thresholds = thresholds
    self.windowDays = windowDays
    self.grouping = grouping
    self.at = at
    self.customers = customers
    self.breaks = breaks
    self.distribution = distribution
    self.groups = groups
    self.ungrouped = ungrouped
  }

  package enum CodingKeys: String, CodingKey {
    case revision, levels, ties, thresholds
    case windowDays = "window_days"
    case grouping, at, customers, breaks, distribution, groups, ungrouped
  }
}

package struct RFMThresholdsDocument: Codable, Hashable, Sendable {
  /// Days since the last order.
  package var recency: [Int64]
  /// Orders.
  package var frequency: [Int64]
  /// Minor units.
  package var monetary: [Int64]

  package init(recency: [Int64], frequency: [Int64], monetary: [Int64]) {
    self.recency = recency
    self.frequency = frequency
    self.monetary = monetary
  }
}

package struct RFMBreaksDocument: Codable, Hashable, Sendable {
  package var recency: [String]
  package var frequency: [String]
  package var monetary: [String]

  package init(recency: [String], frequency: [String], monetary: [String]) {
    self.recency = recency
    self.frequency = frequency
    self.monetary = monetary
  }
}

package struct RFMDistribution: Codable, Hashable, Sendable {
  package var recency: [Int]
  package var frequency: [Int]
  package var monetary: [Int]

  package init(recency: [Int], frequency: [Int], monetary: [Int]) {
    self.recency = recency
    self.frequency = frequency
    self.monetary = monetary
  }
}

/// A group of RFM: its scores as ranges, how many are in it, and what to do with them.
package struct RFMGroupDocument: Codable, Hashable, Sendable {
  package var key: String
  package var name: String
  package var strategy: String?
  package var recency: [Int]?
  package var frequency: [Int]?
  package var monetary: [Int]?
  package var sum: [Int]?
  package var customers: Int
  /// What their orders are worth, in minor units.
  package var spent: Int64

  package init(
    key: String, name: String, strategy: String?, recency: [Int]?, frequency: [Int]?,
    monetary: [Int]?, sum: [Int]?, customers: Int, spent: Int64
  ) {
    self.key = key
    self.name = name
    self.strategy = strategy
    self.recency = recency
    self.frequency = frequency
    self.monetary = monetary
    self.sum = sum
    self.customers = customers
    self.spent = spent
  }
}

/// A customer with what they are scored by, and how.
package struct RFMCustomer: Codable, Hashable, Sendable {
  package var customer: Reference
  package var recencyDays: Int64
  package var frequency: Int64
  /// Minor units.
  package var monetary: Int64
  package var r: Int
  package var f: Int
  package var m: Int
  package var group: String?

  package init(
    customer: Reference, recencyDays: Int64, frequency: Int64, monetary: Int64, r: Int, f: Int,
    m: Int, group: String?
  ) {
    self.customer = customer
    self.recencyDays = recencyDays
    self.frequency = frequency
    self.monetary = monetary
    self.r = r
    self.f = f
    self.m = m
    self.group = group
  }

  package enum CodingKeys: String, CodingKey {
    case customer
    case recencyDays = "recency_days"
    case frequency, monetary, r, f, m, group
  }
}

/// What changes of the scoring: what is absent stays as it is, except that `groups` become the
/// ready-made ones where the levels or the grouping change and none are given.
package struct RFMDraft: Codable, Hashable, Sendable {
  package var levels: Int?
  /// `below` or `above`: score by quantiles.
  package var ties: String?
  /// Score by fixed thresholds.
  package var thresholds: RFMThresholdsDocument?
  /// 0 for all orders.
  package var windowDays: Int?
  package var grouping: String?
  package var groups: [RFMGroupDraft]?
  package var reason: String?
  package var dryRun: Bool?

  package init(
    levels: Int? = nil, ties: String? = nil, thresholds: RFMThresholdsDocument? = nil,
    windowDays: Int? = nil, grouping: String? = nil, groups: [RFMGroupDraft]? = nil,
    reason: String? = nil, dryRun: Bool? = nil
  ) {
    self.levels = levels
    self.ties = ties
    self.thresholds = thresholds
    self.windowDays = windowDays
    self.grouping = grouping
    self.groups = groups
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case levels, ties, thresholds
    case windowDays = "window_days"
    case grouping, groups, reason
    case dryRun = "dry_run"
  }
}

/// A group as somebody defines it: three ranges, or one of the sum.
package struct RFMGroupDraft: Codable, Hashable, Sendable {
  package var key: String
  package var name: String?
  package var strategy: String?
  package var recency: [Int]?
  package var frequency: [Int]?
  package var monetary: [Int]?
  package var sum: [Int]?

  package init(
    key: String, name: String? = nil, strategy: String? = nil, recency: [Int]? = nil,
    frequency: [Int]? = nil, monetary: [Int]? = nil, sum: [Int]? = nil
  ) {
    self.key = key
    self.name = name
    self.strategy = strategy
    self.recency = recency
    self.frequency = frequency
    self.monetary = monetary
    self.sum = sum
  }
}

package struct RFMReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  package var rfm: RFMDocument

  package init(seq: [Int64]?, command: String, dryRun: Bool, rfm: RFMDocument) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.rfm = rfm
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case rfm
  }
}
