/// A question that each customer answers with yes or no, in the one language of filters, segments and
/// rules (`schema/filter.ebnf`).
package struct Filter: Hashable, Sendable {
  package let root: FilterPart

  package init(_ root: FilterPart) {
    self.root = root
  }

  /// Reads a filter as a person writes it, with the tags' present names or aliases.
  ///
  /// Throws `filterInvalid` with the place where it goes wrong and what was expected there,
  /// `filterTagUnknown` with names that are like it, `filterTooLarge`.
  package init(_ text: String, in state: State) throws(Problem) {
    var parser = try FilterParser(text, in: state)
    let root = try parser.filter()
    try state.refuseUnknown(root)
    self.init(root)
  }

  /// Reads the stored form, in which each tag stands by its number.
  ///
  /// What could be written once is read for good, also where `init(_:in:)` refuses it by now.
  package init(stored: String) throws(Problem) {
    var parser = try FilterParser(stored, isStored: true)
    self.init(try parser.filter())
  }

  /// The form that events and files keep: canonical, with the tags' numbers, so that renaming one
  /// changes nothing.
  package var stored: String {
    FilterPrinter { _ in nil }.text(root)
  }

  /// The canonical text with the tags' present names.
  package func text(in state: State) -> String {
    FilterPrinter(naming: state).text(root)
  }

  /// Whether it asks for what is sealed, which only the ledger can open.
  package var asksPersonal: Bool {
    root.conditions.contains {
      if case .personal = $0 { true } else { false }
    }
  }

  /// The tags it reads, categories resolved, as they are called now.
  package func tags(in state: State) -> Set<TagID> {
    root.conditions.reduce(into: []) { tags, condition in
      switch condition {
      case .tag(let tag), .tagged(let tag, _, _): tags.formUnion(state.meant(by: tag))
      default: break
      }
    }
  }
}

extension Filter {
  /// Whether one customer answers with yes at a moment; nobody who was merged away or erased does.
  package func matches(_ customer: CustomerID, in state: State, at now: Timestamp) -> Bool {
    FilterMatch(FilterGround(state, at: now, for: self), customer).holds(self)
  }
}

extension State {
  /// Whether there is a customer of this number who has been neither merged away nor erased.
  package func isLive(_ customer: CustomerID) -> Bool {
    live.contains(customer)
  }

  /// The tag of a name or alias.
  func filterTag(named name: String) throws(FilterTagFault) -> FilterTag {
    let key = NameKey(name)
    if let tag = tag(named: key) { return .id(tag.id) }
    // Who writes a name that was given up meant the tag that has become of it.
    if let former = tag(everNamed: key) {
      throw FilterTagFault(suggestions: [former.name.text])
    }
    let names = tags.filter(\.isListed).map(\.name.text)
    throw FilterTagFault(suggestions: Likeness.nearest(to: name, among: names, limit: 5))
  }

  /// A number that was never given to a tag is a slip.
  fileprivate func refuseUnknown(_ part: FilterPart) throws(Problem) {
    for condition in part.conditions {
      switch condition {
      case .tag(.id(let id)), .tagged(.id(let id), _, _):
        if tag(id) == nil { throw .tagNotFound("#\(id.rawValue)") }
      default: break
      }
    }
  }
}

extension FilterPrinter {
  /// Tags by their present names; a deleted one by its number.
  init(naming state: State) {
    self.init { id in try? state.current(id).name.text }
  }
}
