/// Holds filters against one customer at one moment: slow and obvious, the meaning of the language.
package final class FilterMatch {
  let ground: FilterGround
  let customer: CustomerID
  private let personal: (PersonalField) -> String?
  private(set) lazy var facts = ground.state.facts(of: customer)
  private lazy var figures = FactFigures(facts, at: ground.now)

  /// - Parameter personal: the plain text of a sealed field; nil where there is none, or nobody may
  ///   open it here.
  package init(
    _ ground: FilterGround, _ customer: CustomerID,
    personal: @escaping (PersonalField) -> String? = { _ in nil }
  ) {
    self.ground = ground
    self.customer = customer
    self.personal = personal
  }

  /// Nobody matches who was merged away or erased.
  package func holds(_ filter: Filter) -> Bool {
    isLive && holds(filter.root)
  }

  // The state is asked in place: a copy of it would take longer than the answer.

  package var isLive: Bool { ground.state.live.contains(customer) }

  func has(_ tag: TagID) -> Bool {
    ground.state.memberships[tag.index].customers.contains(customer)
  }

  /// Since when the customer has had each tag that is meant.
  func tenures(of tag: FilterTag) -> [Timestamp] {
    ground.state.meant(by: tag).compactMap { ground.state.tagged($0, customer) }
  }

  /// What was decided by hand about the customer, otherwise than a rule says.
  func exception(from rule: RuleID) -> RuleExceptions.Hand? {
    ground.state.rules.hand(on: customer, against: rule)
  }

  func holds(_ part: FilterPart) -> Bool {
    switch part {
    case .everyone: true
    case .all(let parts): parts.allSatisfy(holds)
    case .any(let parts): parts.contains(where: holds)
    case .not(let part): !holds(part)
    case .group(.any, let parts): parts.contains(where: holds)
    case .group(.all, let parts): parts.allSatisfy(holds)
    case .group(.none, let parts): !parts.contains(where: holds)
    case .condition(let condition): holds(condition)
    }
  }

  func holds(_ condition: FilterCondition) -> Bool {
    switch condition {
    case .tag(let tag): !tags(tag).isEmpty
    case .tagged(let tag, let comparison, let duration):
      tenures(of: tag).contains {
        comparison.holds(ground.now.rawValue - $0.rawValue, duration.microseconds)
      }
    case .source(let test): test.holds(ground.state.channel(of: customer))
    case .rfm(let test): test.holds(ground.rfmGroup(of: customer))
    case .personal(let test): test.matches(personal(test.personalField))
    case .compare(let figure, let comparison, let operand):
      compare(figure, comparison, operand)
    case .missing(let figure, let isMissing): (value(figure) == nil) == isMissing
    case .bought(let scope): figures.orders(resolved(scope)).count > 0
    case .firstOrderWithin(let duration):
      figures.firstOrder.map { isWithin(duration, $0) } ?? false
    case .paidWithin(let duration, let unshipped):
      figures.counted.contains { order in
        guard let paid = order.paid, paid <= ground.now, isWithin(duration, paid) else {
          return false
        }
        return !unshipped || !figures.isShipped(order)
      }
    case .shipped:
      figures.paid.count > 0 && figures.paid.allSatisfy(figures.isShipped)
    case .answered(let broadcast):
      broadcasts(broadcast).contains { $0.answered.map { $0 <= ground.now } ?? false }
    case .received(let broadcast):
      broadcasts(broadcast).contains { $0.received.map { $0 <= ground.now } ?? false }
    case .sample(let share, let seed): share.takes(customer.draw(seed: seed))
    }
  }

  // MARK: Parts of conditions

  /// The tags that the customer has of those that are meant.
  private func tags(_ tag: FilterTag) -> [TagID] {
    ground.state.meant(by: tag).filter(has)
  }

  private func compare(
    _ figure: FilterFigure, _ comparison: FilterComparison, _ operand: FilterOperand
  ) -> Bool {
    guard let left = value(figure) else { return false }
    if case .figure(let other, let percent) = operand {
      guard let right = value(other) else { return false }
      return comparison.holds(left, percent.map { $0.percent(of: right) } ?? right)
    }
    let right = operand.value(
      for: figure.kind.measure, currencyDigits: ground.currencyDigits)
    return right.map { comparison.holds(left, $0) } ?? false
  }

  private func isWithin(_ duration: FilterDuration, _ time: Timestamp) -> Bool {
    time.rawValue >= ground.now.rawValue - duration.microseconds
  }

  private func broadcasts(_ name: String) -> [BroadcastFacts] {
    guard let meant = ground.broadcast(named: name) else { return [] }
    return facts.broadcasts.filter { $0.broadcast == meant }
  }

  func value(_ figure: FilterFigure) -> ExactFigure? {
    figures.value(figure.kind, resolved(figure.scope))
  }

  private func resolved(_ scope: FilterScope) -> FactFigures.Scope {
    FactFigures.Scope(scope, in: ground)
  }
}

extension State {
  /// The tags that a condition means now; none for one that has been deleted.
  func meant(by tag: FilterTag) -> [TagID] {
    switch tag {
    case .id(let id): (try? current(id)).map { [$0.id] } ?? []
    case .category(let category): tags(inCategory: category).map(\.id)
    case .any: tags.filter(\.isListed).map(\.id)
    }
  }
}
