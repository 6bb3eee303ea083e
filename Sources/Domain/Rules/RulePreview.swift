/// What a rule would do if it were switched on as it is (T2): told before it is saved or changed.
package struct RulePreview: Hashable, Sendable {
  /// How many the filter matches.
  package let matching: Int
  package let gains: CustomerSet
  package let losses: CustomerSet
  /// How many the filter would have matched at the end of each month of the past year, the present
  /// one as of now.
  package let months: [Month]
  /// Whether the past months take tags as they are today, since no rule decides them.
  package let takesTagsAsNow: Bool

  package struct Month: Hashable, Sendable {
    /// `2026-11`
    package let name: String
    package let customers: Int
  }
}

extension State {
  /// Says who would gain and who would lose the tag of a rule, now.
  ///
  /// The past is told from what is known today, of facts by their own times. Who had a tag that the
  /// filter asks about is told by the rule that decides it, and as it is today where none does.
  package func preview(
    of rule: Rule, at now: Timestamp, spread: @escaping Spread = inOrder
  ) -> RulePreview {
    guard let filter = rule.filter, let tag = try? current(rule.tag) else {
      return RulePreview(
        matching: 0, gains: CustomerSet(), losses: CustomerSet(), months: [],
        takesTagsAsNow: false)
    }
    let matching = filter.customers(in: self, at: now, spread: spread)
    let members = members(of: tag.id)
    let isSame = (rules[rule.id].flatMap { try? current($0.tag).id }) == tag.id
    let exceptions = isSame ? rules.exceptions(of: rule.id) : RuleExceptions()
    var losses = CustomerSet()
    if rule.otherwise != .keep {
      losses = members.subtracting(matching).subtracting(exceptions.on).subtracting(erased)
    }
    let past = filter.asRulesDecide(in: self)
    let months = now.monthsOfYear.map { name, end in
      // The present month is what the rule would do now, hands and all.
      let asked = end == now ? matching : past.customers(in: self, at: end, spread: spread)
      return RulePreview.Month(name: name, customers: asked.count)
    }
    return RulePreview(
      matching: matching.count,
      gains: matching.subtracting(members).subtracting(exceptions.off), losses: losses,
      months: months, takesTagsAsNow: past.asksTags)
  }
}

extension Timestamp {
  /// The twelve months up to this moment, each with its last moment in UTC; of the present one, this.
  var monthsOfYear: [(name: String, end: Timestamp)] {
    let text = text
    guard var year = Int(text.prefix(4)), var month = Int(text.dropFirst(5).prefix(2)) else {
      return []
    }
    func name() -> String { "\(year)-\(month < 10 ? "0" : "")\(month)" }
    var months: [(String, Timestamp)] = [(name(), self)]
    while months.count < 12 {
      guard let start = try? Timestamp(parsing: "\(name())-01") else { return months.reversed() }
      (year, month) = month == 1 ? (year - 1, 12) : (year, month - 1)
      months.append((name(), Timestamp(microseconds: start.rawValue - 1)))
    }
    return months.reversed()
  }
}
