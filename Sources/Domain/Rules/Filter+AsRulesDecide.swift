extension Filter {
  /// The same question, with each tag that a rule decides asked as that rule asks it.
  ///
  /// So it can be asked of a past moment, of which nobody knows who had a tag that a rule was not there
  /// yet to give. Hands are not regarded.
  func asRulesDecide(in state: State) -> Filter {
    var filters: [TagID: Filter] = [:]
    for rule in state.rules.present where rule.isEnabled && rule.otherwise == .remove {
      guard let filter = rule.filter, let tag = try? state.current(rule.tag).id else { continue }
      filters[tag] = filter
    }
    var resolver = TagResolver(state: state, filters: filters)
    return Filter(resolver.resolved(root))
  }

  /// Whether it depends on who has a tag.
  var asksTags: Bool {
    root.conditions.contains {
      switch $0 {
      case .tag, .tagged: true
      default: false
      }
    }
  }
}

/// Puts the filters of rules in the place of their tags.
private struct TagResolver {
  let state: State
  let filters: [TagID: Filter]
  /// Those of the rules on the way here; a merge of tags may have closed a circle of them.
  private var open: Set<TagID> = []
  /// Rules may ask for the tags of others many times over: enough is enough.
  private var left = 2000

  init(state: State, filters: [TagID: Filter]) {
    self.state = state
    self.filters = filters
  }

  mutating func resolved(_ part: FilterPart) -> FilterPart {
    switch part {
    case .everyone: return .everyone
    case .all(let parts): return .all(resolved(parts))
    case .any(let parts): return .any(resolved(parts))
    case .group(let grouping, let parts): return .group(grouping, resolved(parts))
    case .not(let part): return .not(resolved(part))
    case .condition(.tag(let tag)):
      let tags = state.meant(by: tag)
      guard tags.contains(where: isDecided) else { return part }
      return .group(.any, alternatives(tags))
    case .condition: return part
    }
  }

  private mutating func resolved(_ parts: [FilterPart]) -> [FilterPart] {
    var result: [FilterPart] = []
    for part in parts { result.append(resolved(part)) }
    return result
  }

  private mutating func alternatives(_ tags: [TagID]) -> [FilterPart] {
    var result: [FilterPart] = []
    for tag in tags { result.append(resolved(tag)) }
    return result
  }

  private func isDecided(_ tag: TagID) -> Bool {
    filters[tag] != nil && !open.contains(tag)
  }

  private mutating func resolved(_ tag: TagID) -> FilterPart {
    guard isDecided(tag), left > 0, let filter = filters[tag] else {
      return .condition(.tag(.id(tag)))
    }
    left -= filter.root.conditions.count
    open.insert(tag)
    defer { open.remove(tag) }
    return resolved(filter.root)
  }
}
