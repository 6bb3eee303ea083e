/// One stretch of time in which a customer had a tag.
package struct Tenure: Hashable, Sendable {
  package let tag: TagID
  package let since: Turn
  /// Nil while the customer still has it.
  package var until: Turn?
  /// Those at the end of the tenure, or at present; nil where none were given.
  package var details: Details?

  /// How a tenure began or ended.
  package struct Turn: Hashable, Sendable {
    package let seq: Int64
    package let at: Timestamp
    /// When it happened, where history that was imported tells.
    package let occurred: Timestamp?
    package let actor: Actor
    package let reason: String?
    package let why: Why
  }

  package enum Why: Hashable, Sendable {
    /// By the actor, directly.
    case hand
    /// By a rule, in one of its versions.
    case rule(RuleID, version: Int64)
    /// From a file, which may name a person of its own.
    case imported(file: String, operator: String?)
    /// Another tag, merged into this one, had been there; or this one was merged into another.
    case merge(of: TagID, into: TagID)
    /// Another customer, merged into this one, had it; or this one was merged into another.
    case customerMerge(of: CustomerID, into: CustomerID)
    /// The tag was deleted.
    case deletion
    /// Another tag of the same set came, with the event `cause`.
    case set(String, cause: Int64?)
    /// An undo of a command whose events begin with `cause`.
    case undo(of: CommandID?, cause: Int64?)
  }
}

extension Tenure {
  /// Returns the tenures of a customer in the order in which they began.
  ///
  /// - Parameter events: all that concern the customer, in the order of the log, as the views list
  ///   them: also merges and deletions of tags that they had.
  package static func tenures(
    of customer: CustomerID, from events: some Sequence<RecordedEvent>
  ) throws(Problem) -> [Tenure] {
    var fold = TenureFold(customer: customer)
    for event in events { try fold.take(event) }
    return fold.tenures
  }
}

private struct TenureFold {
  let customer: CustomerID
  var tenures: [Tenure] = []
  /// Where in `tenures` the present one of a tag stands.
  private var open: [TagID: Int] = [:]

  init(customer: CustomerID) {
    self.customer = customer
  }

  mutating func take(_ event: RecordedEvent) throws(Problem) {
    switch event.type {
    case .tagApplied:
      guard event.customer == customer, let tag = event.tag else { return }
      let data = try event.parsedData()
      begin(tag, with: event, why(event, data), details: data["details"]?.details)
    case .tagDetailed:
      guard event.customer == customer, let tag = event.tag, let index = open[tag] else { return }
      tenures[index].details = try event.parsedData()["details"]?["to"]?.details
    case .tagRemoved:
      guard event.customer == customer, let tag = event.tag else { return }
      end(tag, with: event, why(event, try event.parsedData()))
    case .tagMerged:
      guard let source = event.tag, let target = try event.target() else { return }
      merge(source, into: TagID(target), event)
    case .tagDeleted:
      guard let tag = event.tag else { return }
      end(tag, with: event, .deletion)
    case .customerMerged:
      // What the target gains has events of its own; only the source loses by this one.
      guard event.customer == customer, let target = try event.target() else { return }
      for tag in open.keys {
        end(tag, with: event, .customerMerge(of: customer, into: CustomerID(target)))
      }
    default:
      return
    }
  }

  private mutating func begin(
    _ tag: TagID, with event: RecordedEvent, _ why: Tenure.Why, details: Details?
  ) {
    guard open[tag] == nil else { return }
    open[tag] = tenures.count
    tenures.append(Tenure(tag: tag, since: turn(event, why), until: nil, details: details))
  }

  @discardableResult
  private mutating func end(
    _ tag: TagID, with event: RecordedEvent, _ why: Tenure.Why
  ) -> Tenure? {
    guard let index = open.removeValue(forKey: tag) else { return nil }
    tenures[index].until = turn(event, why)
    return tenures[index]
  }

  /// Who had both keeps the target as it is, with those details only the source had where it had none.
  private mutating func merge(_ source: TagID, into target: TagID, _ event: RecordedEvent) {
    let why = Tenure.Why.merge(of: source, into: target)
    guard let ended = end(source, with: event, why) else { return }
    if let index = open[target] {
      if tenures[index].details == nil { tenures[index].details = ended.details }
    } else {
      begin(target, with: event, why, details: ended.details)
    }
  }

  private func turn(_ event: RecordedEvent, _ why: Tenure.Why) -> Tenure.Turn {
    Tenure.Turn(
      seq: event.seq, at: event.at, occurred: event.occurred, actor: event.actor,
      reason: event.reason, why: why)
  }

  private func why(_ event: RecordedEvent, _ data: JSON) -> Tenure.Why {
    if let source = data["source"] {
      if let file = source["import"]?.string {
        return .imported(file: file, operator: source["operator"]?.string)
      }
      if let id = source["customer"]?.int.flatMap(Int32.init(exactly:)) {
        return .customerMerge(of: CustomerID(id), into: customer)
      }
    }
    if let undone = data["undo"]?.string {
      return .undo(of: CommandID(undone), cause: event.cause)
    }
    if let set = data["set"]?.string { return .set(set, cause: event.cause) }
    if let rule = event.actor.rule { return .rule(rule, version: event.actor.credential ?? 0) }
    return .hand
  }
}

extension JSON {
  fileprivate var details: Details? {
    object?.compactMapValues(\.string)
  }
}

extension RecordedEvent {
  /// What a merge merges into.
  fileprivate func target() throws(Problem) -> Int32? {
    try parsedData()["into"]?.int.flatMap(Int32.init(exactly:))
  }
}
