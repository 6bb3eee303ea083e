/// A filter as a tree: what is true of a customer at a moment, or not.
///
/// A part is evaluated to true or false; a figure that is missing makes its condition false, whatever
/// it is compared with, so that `not` of such a condition is true.
package indirect enum FilterPart: Hashable, Sendable {
  /// `everyone`
  case everyone
  /// `A and B`; at least two parts.
  case all([FilterPart])
  /// `A or B`; at least two parts.
  case any([FilterPart])
  /// `not A`
  case not(FilterPart)
  /// `any of (A, B)`, `all of (A, B)`, `none of (A, B)`; at least one part.
  case group(Grouping, [FilterPart])
  case condition(FilterCondition)

  /// The raw values are words of the language.
  package enum Grouping: String, CaseIterable, Hashable, Sendable {
    case any
    case all
    case none
  }
}

extension FilterPart {
  /// The parts right below this one.
  package var children: [FilterPart] {
    switch self {
    case .everyone, .condition: []
    case .all(let parts), .any(let parts), .group(_, let parts): parts
    case .not(let part): [part]
    }
  }

  /// Every condition in the tree, in the order in which they are written.
  package var conditions: [FilterCondition] {
    if case .condition(let condition) = self { return [condition] }
    return children.flatMap(\.conditions)
  }
}

/// One thing that is asked of a customer.
package enum FilterCondition: Hashable, Sendable {
  /// `tag:"VIP"`: has the tag now.
  case tag(FilterTag)
  /// `tagged(tag:"VIP", for > 24h)`: has it now, and the time since it came compares so.
  ///
  /// For a category, one of its tags is enough. What came with a merge of tags has been there since
  /// the merged tag came. To the second.
  case tagged(FilterTag, FilterComparison, FilterDuration)
  /// `source = "instagram"`: the source channel, without regard to case and accents.
  case source(FilterTextTest)
  /// `rfm = "champions"`: the RFM group, by its key.
  case rfm(FilterTextTest)
  /// What is sealed: `need:"…"`, `attribute:"…"`, `note ~ "…"`, `name ~ "…"`.
  case personal(FilterPersonalTest)
  /// `spent(last 365d) > 15000`: false where either side is missing.
  case compare(FilterFigure, FilterComparison, FilterOperand)
  /// `days_since_order is missing`, or `is present` when `isMissing` is false.
  case missing(FilterFigure, isMissing: Bool)
  /// `bought(category: "sapatos", last 90d)`: at least one order that counts.
  case bought(FilterScope)
  /// `first_order_within(30d)`: the first order that counts was placed at or after now − 30 × 24 h.
  case firstOrderWithin(FilterDuration)
  /// `paid_within(24h)`: an order that counts was paid at or after now − 24 h; with `not shipped`,
  /// one that has not been shipped since.
  case paidWithin(FilterDuration, unshipped: Bool)
  /// `shipped`: an order that counts has been paid, and no such order waits to be shipped.
  ///
  /// So `not shipped` beside `paid_within` means that something paid for has not left.
  case shipped
  /// `answered(broadcast: "natal-2026")`: has answered it, by name without regard to case and accents.
  case answered(String)
  /// `received(broadcast: "natal-2026")`
  case received(String)
  /// `random(5%, seed: 7)`: the same customers every time, about this share of all.
  case sample(FilterDecimal, seed: UInt32)
}

/// Which tags a condition means.
package enum FilterTag: Hashable, Sendable {
  case id(TagID)
  /// `tag:"Status-*"`: any listed tag of the category.
  case category(String)
  /// `tag:"*"`: any tag at all.
  case any
}

/// What is asked of a text that may be missing; a missing one is neither equal nor unequal.
package enum FilterTextTest: Hashable, Sendable {
  case equal(String)
  case unequal(String)
  case missing
  case present

  /// Whether a text passes; case and accents do not count.
  func holds(_ value: String?) -> Bool {
    switch self {
    case .equal(let text): value.map { NameKey.fold($0) == NameKey.fold(text) } ?? false
    case .unequal(let text): value.map { NameKey.fold($0) != NameKey.fold(text) } ?? false
    case .missing: value == nil
    case .present: value != nil
    }
  }
}

/// What is asked of a personal field; case and accents do not count.
package struct FilterPersonalTest: Hashable, Sendable {
  package var field: Field
  package var text: String

  /// The raw values are words of the language.
  package enum Field: String, CaseIterable, Hashable, Sendable {
    /// One of the needs is this.
    case need
    /// One of the attributes is this.
    case attribute
    /// The notes contain this.
    case note
    /// The name contains this.
    case name
  }

  package init(_ field: Field, _ text: String) {
    self.field = field
    self.text = text
  }

  /// The sealed field that is asked for.
  package var personalField: PersonalField {
    switch field {
    case .need: .needs
    case .attribute: .attributes
    case .note: .notes
    case .name: .name
    }
  }

  /// Whether the plain text of the field, nil where there is none, is what is asked for.
  package func matches(_ value: String?) -> Bool {
    guard let value else { return false }
    let sought = NameKey.fold(text)
    switch field {
    case .need, .attribute:
      return value.split(separator: "\n").contains { NameKey.fold(String($0)) == sought }
    case .note, .name:
      return NameKey.fold(value).contains(sought)
    }
  }
}

/// The raw values are words of the language.
package enum FilterComparison: String, CaseIterable, Hashable, Sendable {
  case less = "<"
  case lessOrEqual = "<="
  case equal = "="
  case unequal = "!="
  case greaterOrEqual = ">="
  case greater = ">"

  func holds<Value: Comparable>(_ a: Value, _ b: Value) -> Bool {
    switch self {
    case .less: a < b
    case .lessOrEqual: a <= b
    case .equal: a == b
    case .unequal: a != b
    case .greaterOrEqual: a >= b
    case .greater: a > b
    }
  }

  /// Whether it asks for equality, which no passing time ever has to the microsecond.
  var isExact: Bool { self == .equal || self == .unequal }
}

/// What a figure is compared with.
package enum FilterOperand: Hashable, Sendable {
  /// A count, an amount in whole units of the account's currency, a number of days, or a rate.
  case number(FilterDecimal)
  /// `80%`
  case percent(FilterDecimal)
  case duration(FilterDuration)
  /// `50% of order_rate(previous 60d)`; without a percentage, all of it.
  case figure(FilterFigure, percent: FilterDecimal?)
}
