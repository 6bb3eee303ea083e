/// Holds a filter against one customer: slow and obvious, the meaning of the language.
struct FilterMatch {
  let ground: FilterGround
  let customer: CustomerID
  private let facts: CustomerFacts
  private let figures: FactFigures

  init(_ ground: FilterGround, _ customer: CustomerID) {
    self.ground = ground
    self.customer = customer
    facts = ground.facts(customer)
    figures = FactFigures(facts, at: ground.now)
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
      tags(tag).contains { tag in
        guard let since = ground.state.tagged(tag, customer) else { return false }
        return comparison.holds(ground.now.rawValue - since.rawValue, duration.microseconds)
      }
    case .source(let test): test.holds(ground.state.channel(of: customer))
    case .rfm(let test): test.holds(ground.rfmGroup(customer))
    case .personal(let test): test.matches(ground.personal(customer, test.personalField))
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
    ground.state.meant(by: tag).filter { ground.state.members(of: $0).contains(customer) }
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
    guard let meant = ground.broadcasts(name) else { return [] }
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
