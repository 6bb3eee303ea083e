/// Why a rule that is switched on does nothing. It is shown with the rule, never passed over.
package enum RuleFault: Hashable, Sendable {
  /// The tag is not offered any more, so that nothing can apply it.
  case tagArchived(TagID)
  case tagDeleted(TagID)
  /// Another rule that is switched on decides the same tag: after a merge of two tags.
  case tagShared(TagID, with: RuleID)
  /// The rules depend on each other in a circle: after a merge of tags.
  case cycle([RuleID])
  /// This program cannot read the filter.
  case filterUnreadable

  /// What a client matches on; a format.
  package var code: String {
    switch self {
    case .tagArchived: "tag_archived"
    case .tagDeleted: "tag_deleted"
    case .tagShared: "tag_shared"
    case .cycle: "cycle"
    case .filterUnreadable: "filter_unreadable"
    }
  }
}

/// Which rules have to be settled before which.
package struct RuleOrder: Sendable {
  /// Each behind all those whose tags it asks about.
  package private(set) var rules: [RuleID] = []
  /// Rules that depend on themselves, each with the way round, itself at both ends.
  package private(set) var cycles: [RuleID: [RuleID]] = [:]

  private enum Mark {
    case open
    case done
  }

  /// - Parameters:
  ///   - rules: in the order of their numbers.
  ///   - before: for each, those whose tags it asks about.
  init(_ rules: [RuleID], before: [RuleID: [RuleID]]) {
    var marks: [RuleID: Mark] = [:]
    var path: [RuleID] = []
    func visit(_ rule: RuleID) {
      switch marks[rule] {
      case .done: return
      case .open:
        let start = path.firstIndex(of: rule)!
        let ring = Array(path[start...])
        for (place, member) in ring.enumerated() where cycles[member] == nil {
          cycles[member] = Array(ring[place...] + ring[..<place]) + [member]
        }
        return
      case nil: break
      }
      marks[rule] = .open
      path.append(rule)
      for other in before[rule] ?? [] { visit(other) }
      path.removeLast()
      marks[rule] = .done
      self.rules.append(rule)
    }
    for rule in rules { visit(rule) }
  }
}

extension State {
  /// The order in which rules are settled; those that have been removed are left out.
  package var ruleOrder: RuleOrder { ruleOrder(of: rules.present) }

  /// - Parameter present: the rules as they are or would be.
  func ruleOrder(of present: [Rule]) -> RuleOrder {
    var deciders: [TagID: [RuleID]] = [:]
    for rule in present {
      for tag in decided(by: rule) { deciders[tag, default: []].append(rule.id) }
    }
    var before: [RuleID: [RuleID]] = [:]
    for rule in present {
      let read = (rule.filter?.tags(in: self) ?? []).sorted()
      // A tag that the filter names may have been merged since.
      let tags = Set(read.compactMap { (try? current($0))?.id }).sorted()
      before[rule.id] = tags.flatMap { deciders[$0] ?? [] }
    }
    return RuleOrder(present.map(\.id), before: before)
  }

  /// The tags that a rule applies and removes, as they are now.
  func decided(by rule: Rule) -> [TagID] {
    rule.named.map { (try? current($0))?.id ?? $0 }
  }

  /// Why a rule does nothing; empty where it works, or would once it is switched on.
  package func faults(of rule: Rule) -> [RuleFault] {
    faults(of: rule, in: ruleOrder)
  }

  package func faults(of rule: Rule, in order: RuleOrder) -> [RuleFault] {
    guard !rule.isRemoved else { return [] }
    var faults: [RuleFault] = []
    for id in rule.named {
      guard let tag = try? current(id) else {
        faults.append(.tagDeleted(id))
        continue
      }
      if tag.status == .archived { faults.append(.tagArchived(tag.id)) }
    }
    if let other = sharer(of: rule) { faults.append(.tagShared(other.tag, with: other.rule)) }
    if let cycle = order.cycles[rule.id] { faults.append(.cycle(cycle)) }
    if rule.filter == nil { faults.append(.filterUnreadable) }
    return faults
  }

  /// An earlier rule that is switched on and decides one of the same tags.
  func sharer(of rule: Rule) -> (tag: TagID, rule: RuleID)? {
    let tags = decided(by: rule)
    for other in rules.present where other.isEnabled && other.id < rule.id {
      if let tag = decided(by: other).first(where: tags.contains) { return (tag, other.id) }
    }
    return nil
  }
}
